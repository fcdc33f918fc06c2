package model

import "testing"

// Every register stands in exactly one menu, each shelf opens by a key of its
// own that nothing else in the menu takes, and no shelf holds more than ten, so
// that each of them opens by a digit.
func TestMenu(t *testing.T) {
	s, problems := NewSchemaWith(Custom{Registers: []CustomRegister{{Key: "x_dogs", Letter: "XD", ZH: "养犬登记", NameField: "x_name",
		Fields: []CustomField{{Key: "x_name", ZH: "犬名", Type: "text"}}}}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	first, shelves := s.Menu()
	if len(first) != 8 {
		t.Errorf("%d registers in the first menu, which has digits for 8", len(first))
	}
	seen, keys := map[string]bool{}, map[string]bool{"b": true, "s": true, "p": true, "k": true, "v": true} // taken by the menu itself
	for _, reg := range first {
		seen[reg.Key] = true
	}
	for _, m := range shelves {
		if m.Shelf == NoShelf {
			t.Errorf("%s stands on no shelf", m.Registers[0].Key)
			continue
		}
		if k := m.Shelf.Key(); len(k) != 1 || keys[k] {
			t.Errorf("the key %q of %s is taken", k, m.Shelf.Words().EN)
		}
		keys[m.Shelf.Key()] = true
		if len(m.Registers) > 10 {
			t.Errorf("%d registers on %s", len(m.Registers), m.Shelf.Words().EN)
		}
		if w := m.Shelf.Words(); w.ZH == "" || w.EN == "" {
			t.Errorf("a shelf without words: %v", w)
		}
		for _, reg := range m.Registers {
			if seen[reg.Key] {
				t.Errorf("%s stands there twice", reg.Key)
			}
			seen[reg.Key] = true
		}
	}
	if len(seen) != len(s.Registers) || shelves[len(shelves)-1].Shelf != ShelfOwn {
		t.Errorf("%d of %d registers in the menus; last shelf %v", len(seen), len(s.Registers), shelves[len(shelves)-1].Shelf.Words())
	}
}
