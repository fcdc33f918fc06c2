package db

import (
	"encoding/binary"
	"fmt"
	"io"
)

// checkPages follows the pages of the file from the root to the leaves, as
// bbolt will, without trusting them: pages that lead in a circle would keep
// bbolt going round until the computer has no memory left, which nothing can
// stop, and a list of free pages that names a used one would let the next save
// overwrite it. It reads headers and branch pages, and not the leaves of a file
// past mostPages.
func checkPages(f io.ReaderAt) error {
	m, _, err := readMeta(f)
	if err != nil {
		return badHeader(err)
	}
	c := pageCheck{f: f, m: m, seen: map[uint64]bool{0: true, 1: true}, leaves: m.pages <= mostPages}
	if _, err := c.tree(m.root, 0, true); err != nil {
		return err
	}
	return c.free()
}

const (
	mostPages = 8192 // 32 MB in pages of 4 KB
	mostLevel = 24   // of pages above each other; a ledger has 4

	branchPage = 0x01
	leafPage   = 0x02
	freePage   = 0x10
	noFreelist = ^uint64(0)

	pageHead = 16 // number (8 bytes), kind (2), count (2), pages beyond the first (4)
	element  = 16 // of a branch: position, key size (4 each), page (8); of a leaf: flags, position, key and value size
	subtree  = 0x01
)

type pageCheck struct {
	f      io.ReaderAt
	m      metaPage
	seen   map[uint64]bool
	leaves bool
}

func (c *pageCheck) bad(page uint64) error {
	return damaged(fmt.Sprintf("第 %d 页 page %d", page, page), nil)
}

func (c *pageCheck) read(b []byte, n uint64) error {
	_, err := c.f.ReadAt(b, int64(n)*int64(c.m.pageSize))
	switch {
	case err == io.EOF:
		return c.bad(n)
	case err != nil:
		return unreadable(err)
	}
	return nil
}

// page reads the header of a page and, if whole, all of it.
func (c *pageCheck) page(n uint64, whole bool) (b []byte, kind uint16, count int, err error) {
	if n >= c.m.pages || c.seen[n] {
		return nil, 0, 0, c.bad(n)
	}
	c.seen[n] = true
	size := int64(c.m.pageSize)
	b = make([]byte, pageHead, size)
	if err := c.read(b, n); err != nil {
		return nil, 0, 0, err
	}
	if binary.NativeEndian.Uint64(b) != n {
		return nil, 0, 0, c.bad(n)
	}
	kind, count = binary.NativeEndian.Uint16(b[8:]), int(binary.NativeEndian.Uint16(b[10:]))
	more := uint64(binary.NativeEndian.Uint32(b[12:]))
	if more >= c.m.pages-n {
		return nil, 0, 0, c.bad(n)
	}
	for i := n + 1; i <= n+more; i++ {
		if c.seen[i] {
			return nil, 0, 0, c.bad(i)
		}
		c.seen[i] = true
	}
	if whole || kind == branchPage {
		b = make([]byte, (int64(more)+1)*size)
		if err := c.read(b, n); err != nil {
			return nil, 0, 0, err
		}
		if kind != freePage && pageHead+count*element > len(b) {
			return nil, 0, 0, c.bad(n)
		}
	}
	return b, kind, count, nil
}

// tree follows a tree and returns the kind of its top page; root is that of
// buckets, whose leaves lead to others.
func (c *pageCheck) tree(n uint64, level int, root bool) (kind uint16, err error) {
	b, kind, count, err := c.page(n, root)
	switch {
	case err != nil:
		return 0, err
	case level > mostLevel, kind != branchPage && kind != leafPage, kind == branchPage && count == 0:
		return 0, c.bad(n)
	case kind == branchPage:
		lowest := false // the children are leaves, all as the first is
		for i := range count {
			child := binary.NativeEndian.Uint64(b[pageHead+i*element+8:])
			if lowest && !c.leaves && !root {
				if child >= c.m.pages || c.seen[child] {
					return 0, c.bad(child)
				}
				continue
			}
			below, err := c.tree(child, level+1, root)
			if err != nil {
				return 0, err
			}
			lowest = below == leafPage
		}
	case root:
		for i := range count {
			at := pageHead + i*element
			word := func(k int) uint64 { return uint64(binary.NativeEndian.Uint32(b[at+4*k:])) }
			value := uint64(at) + word(1) + word(2)
			if word(0)&subtree == 0 {
				continue
			}
			if word(3) < 16 || value+word(3) > uint64(len(b)) {
				return 0, c.bad(n)
			}
			top := binary.NativeEndian.Uint64(b[value:])
			if top == 0 && !wholeLeaf(b[value+16:value+word(3)]) {
				return 0, c.bad(n)
			}
			if top != 0 {
				if _, err := c.tree(top, level+1, false); err != nil {
					return 0, err
				}
			}
		}
	}
	return kind, nil
}

// wholeLeaf reports whether a small bucket, which is a page inside the leaf that
// names it, has all it says it has: bbolt would read on past its end.
func wholeLeaf(b []byte) bool {
	if len(b) < pageHead || binary.NativeEndian.Uint16(b[8:]) != leafPage {
		return false
	}
	count := int(binary.NativeEndian.Uint16(b[10:]))
	if pageHead+count*element > len(b) {
		return false
	}
	for i := range count {
		at := pageHead + i*element
		word := func(k int) uint64 { return uint64(binary.NativeEndian.Uint32(b[at+4*k:])) }
		if uint64(at)+word(1)+word(2)+word(3) > uint64(len(b)) {
			return false
		}
	}
	return true
}

func (c *pageCheck) free() error {
	if c.m.freelist == noFreelist {
		return nil
	}
	b, kind, count, err := c.page(c.m.freelist, true)
	if err == nil && kind != freePage {
		err = c.bad(c.m.freelist)
	}
	if err != nil {
		return err
	}
	list := b[pageHead:]
	if count == 0xFFFF {
		if n := binary.NativeEndian.Uint64(list); n > uint64(len(list)/8-1) {
			return c.bad(c.m.freelist)
		} else {
			list, count = list[8:], int(n)
		}
	}
	if count*8 > len(list) {
		return c.bad(c.m.freelist)
	}
	for i := range count {
		n := binary.NativeEndian.Uint64(list[8*i:])
		if n >= c.m.pages || c.seen[n] {
			return c.bad(n)
		}
		c.seen[n] = true
	}
	return nil
}
