package model

import "slices"

// Shelf is the part of the menu in which registers of one kind of work stand
// together (domain.md §4.4), so that some forty of them are two short menus.
type Shelf uint8

const (
	NoShelf         Shelf = iota // stands in the menu by itself
	ShelfOffice                  // 组织人员
	ShelfProgrammes              // 品牌计划
	ShelfVenues                  // 场地设备
	ShelfTeams                   // 文体团队
	ShelfMeetings                // 会议学习
	ShelfHonours                 // 荣誉表彰
	ShelfPartners                // 共建单位
	ShelfRules                   // 制度用语
	ShelfOpinions                // 征求意见
	ShelfDonations               // 捐赠
	ShelfPetitions               // 来信来访
	ShelfAid                     // 慰问资金
	ShelfOwn                     // the office's own
)

// shelves names them, in the order of the menu. Key is what a person presses.
var shelves = [...]struct {
	key   string
	words Words
}{
	ShelfOffice:     {"1", W("组织人员", "Organisation and staff")},
	ShelfProgrammes: {"2", W("品牌计划", "Programmes and plan")},
	ShelfVenues:     {"3", W("场地设备", "Venues and equipment")},
	ShelfTeams:      {"4", W("文体团队", "Teams")},
	ShelfMeetings:   {"5", W("会议学习", "Meetings and study")},
	ShelfHonours:    {"6", W("荣誉表彰", "Honours and commendations")},
	ShelfPartners:   {"7", W("共建单位", "Partner units")},
	ShelfRules:      {"8", W("制度用语", "Rules and phrases")},
	ShelfOpinions:   {"9", W("征求意见", "Opinion forms")},
	ShelfDonations:  {"0", W("捐赠", "Donations")},
	ShelfPetitions:  {"a", W("来信来访", "Petitions")},
	ShelfAid:        {"c", W("慰问计划与资金", "Aid plans and funds")},
	ShelfOwn:        {"d", W("本单位台账", "The office's own")},
}

// Key is what opens the shelf in the menu.
func (s Shelf) Key() string { return shelves[s].key }

// Words names the shelf.
func (s Shelf) Words() Words { return shelves[s].words }

// And returns the schema with more registers, declared as the built-in ones are.
// It panics on a declaration that contradicts itself or one there is.
func (s *Schema) And(registers ...*Register) *Schema {
	list := slices.Clone(s.Registers)
	for _, reg := range registers {
		list = append(list, reg.prepare())
	}
	out, with := *s, newSchema(list, s.removed, s.vocabs)
	out.Registers, out.byName, out.byLetter = with.Registers, with.byName, with.byLetter
	return &out
}

// MenuShelf is a shelf with what stands on it.
type MenuShelf struct {
	Shelf     Shelf
	Registers []*Register // never none; in menu order
}

// Menu splits the registers into those of the first menu and the shelves of the
// second; a shelf on which nothing stands is left out. What stands on no shelf
// comes last.
func (s *Schema) Menu() (first []*Register, rest []MenuShelf) {
	on := map[Shelf][]*Register{}
	for _, reg := range s.Registers {
		if reg.Group == Front && reg.Shelf == NoShelf {
			first = append(first, reg)
			continue
		}
		on[reg.Shelf] = append(on[reg.Shelf], reg)
	}
	for i := range shelves {
		if shelf := Shelf(i); shelf != NoShelf && on[shelf] != nil {
			rest = append(rest, MenuShelf{shelf, on[shelf]})
		}
	}
	for _, reg := range on[NoShelf] {
		rest = append(rest, MenuShelf{NoShelf, []*Register{reg}})
	}
	return first, rest
}
