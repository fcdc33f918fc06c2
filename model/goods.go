package model

import (
	"maps"
	"slices"
	"strings"
)

// GoodsSum adds up goods by item and unit; quantities in different units stay
// apart. The zero value is ready to use.
type GoodsSum struct{ of map[string]map[string]Dec }

// Add enters the rows of a list of goods.
func (g *GoodsSum) Add(rows []Row) {
	for _, row := range rows {
		item, _ := row["item"].(string)
		unit, _ := row["unit"].(string)
		qty, _ := row["qty"].(Dec)
		if g.of == nil {
			g.of = map[string]map[string]Dec{}
		}
		if g.of[item] == nil {
			g.of[item] = map[string]Dec{}
		}
		g.of[item][unit] += qty
	}
}

// Text writes what there is: 米 12 袋、油 12 桶, by pinyin; "" for nothing.
func (g *GoodsSum) Text(c *Context, l Lang) string {
	var parts []string
	for _, item := range slices.SortedFunc(maps.Keys(g.of), ComparePinyin) {
		for _, unit := range slices.Sorted(maps.Keys(g.of[item])) {
			text := c.termWords("GOODS", item).In(l)
			if qty := g.of[item][unit]; qty != 0 {
				text = strings.TrimSpace(text + " " + qty.String() + " " + unit)
			}
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, listMark(l))
}

// named keeps kinds that cannot be added apart: an item counted in one unit
// stands under its own name, in several under the name with the unit.
func (g *GoodsSum) named() map[string]Quantity {
	out := map[string]Quantity{}
	for item, units := range g.of {
		for unit, qty := range units {
			out[unitName(item, unit, len(units))] = Quantity{qty, unit}
		}
	}
	return out
}

func unitName(item, unit string, units int) string {
	if units > 1 && unit != "" {
		return item + "（" + unit + "）"
	}
	return item
}
