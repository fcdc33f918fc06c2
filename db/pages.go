package db

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// checkPages follows the pages of the file from the root to the leaves, as
// bbolt will, without trusting them: pages that lead in a circle would keep
// bbolt going round until the computer has no memory left, which nothing can
// stop, and a list of free pages that names a used one would let the next save
// overwrite it. Leaves are read only if asked, and not those of a file past
// mostPages.
//
// Where the leaves are read it looks at the file through a mapping of its own,
// which costs a fraction of reading thousands of pages one by one. The size was
// compared before: a fault there is the disk's.
func checkPages(f *os.File, leaves bool) (err error) {
	m, _, err := readMeta(f)
	if err != nil {
		return badHeader(err)
	}
	c := pageCheck{f: f, m: m, seen: make([]uint64, min(m.pages, mostBits)/64+1), leaves: leaves && m.pages <= mostPages}
	if size := int(m.pages) * int(m.pageSize); c.leaves && size > 0 {
		if c.mapped, err = syscall.Mmap(int(f.Fd()), 0, size, syscall.PROT_READ, syscall.MAP_SHARED|syscall.MAP_POPULATE); err != nil {
			return unreadable(err)
		}
		defer func() {
			p := recover()
			_ = syscall.Munmap(c.mapped)
			if _, fault := p.(interface{ Addr() uintptr }); fault {
				err = unreadable(errors.New(fmt.Sprint(p)))
			} else if p != nil {
				panic(p)
			}
		}()
	}
	c.see(0)
	c.see(1)
	if err := c.tree(m.root, 0, true); err != nil {
		return err
	}
	return c.free()
}

const (
	mostPages = 8192 // 32 MB in pages of 4 KB
	mostBits  = 1 << 32
	mostLevel = 24 // of pages above each other; a ledger has 4

	branchPage = 0x01
	leafPage   = 0x02
	freePage   = 0x10
	noFreelist = ^uint64(0)

	pageHead = 16 // number (8 bytes), kind (2), count (2), pages beyond the first (4)
	element  = 16 // of a branch: position, key size (4 each), page (8); of a leaf: flags, position, key and value size
	subtree  = 0x01
)

type pageCheck struct {
	f      *os.File
	mapped []byte   // the whole file; nil: it is read page by page
	room   [][]byte // for the page at hand of each level
	m      metaPage
	seen   []uint64 // a bit for each page
	leaves bool     // read the leaves too
	lowest int      // level of the leaves of the tree at hand, 0 before one was met
}

// see notes a page; false: it does not exist, or something led to it before.
func (c *pageCheck) see(n uint64) bool {
	if n >= c.m.pages || n >= mostBits || c.seen[n/64]&(1<<(n%64)) != 0 {
		return false
	}
	c.seen[n/64] |= 1 << (n % 64)
	return true
}

func (c *pageCheck) bad(page uint64) error {
	return damaged(fmt.Sprintf("第 %d 页 page %d", page, page), nil)
}

// look returns some pages; their bytes are good until the next look at that
// level.
func (c *pageCheck) look(n, pages uint64, level int) ([]byte, error) {
	size := uint64(c.m.pageSize)
	if c.mapped != nil {
		return c.mapped[n*size : (n+pages)*size], nil
	}
	for len(c.room) <= level {
		c.room = append(c.room, make([]byte, size))
	}
	b := c.room[level]
	if pages > 1 {
		b = make([]byte, pages*size)
	}
	_, err := c.f.ReadAt(b, int64(n*size))
	switch {
	case err == io.EOF:
		return nil, c.bad(n)
	case err != nil:
		return nil, unreadable(err)
	}
	return b, nil
}

// page finds a page with all that belongs to it.
func (c *pageCheck) page(n uint64, level int) (b []byte, kind uint16, count int, err error) {
	if !c.see(n) {
		return nil, 0, 0, c.bad(n)
	}
	if b, err = c.look(n, 1, level); err != nil {
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
		if !c.see(i) {
			return nil, 0, 0, c.bad(i)
		}
	}
	if more > 0 {
		if b, err = c.look(n, more+1, level); err != nil {
			return nil, 0, 0, err
		}
	}
	if kind != freePage && !packed(b, kind, count) {
		return nil, 0, 0, c.bad(n)
	}
	return b, kind, count, nil
}

// packed reports whether a page of keys holds what it says it holds: bbolt lays
// keys and values one behind the other, right behind the list of them, so that a
// list that has become shorter or longer, and would hide what is there or make
// bbolt read past the end, does not fit any more.
func packed(b []byte, kind uint16, count int) bool {
	end := uint64(pageHead + count*element)
	if end > uint64(len(b)) {
		return false
	}
	if count == 0 {
		return len(bytes.TrimLeft(b[pageHead:], "\x00")) == 0
	}
	for i := range count {
		at := pageHead + i*element
		word := func(k int) uint64 { return uint64(binary.NativeEndian.Uint32(b[at+4*k:])) }
		position, size := word(0), word(1)
		if kind == leafPage {
			position, size = word(1), word(2)+word(3)
		}
		if uint64(at)+position != end || size > uint64(len(b))-end {
			return false
		}
		end += size
	}
	return true
}

// tree follows a tree; root is that of buckets, whose leaves lead to others.
func (c *pageCheck) tree(n uint64, level int, root bool) error {
	b, kind, count, err := c.page(n, level)
	switch {
	case err != nil:
		return err
	case level > mostLevel, kind != branchPage && kind != leafPage, kind == branchPage && count == 0:
		return c.bad(n)
	case kind == branchPage:
		for i := range count {
			child := binary.NativeEndian.Uint64(b[pageHead+i*element+8:])
			if !root && !c.leaves && c.lowest == level+1 {
				if !c.see(child) { // one that goes on behind its page is not read, so not seen either
					return c.bad(child)
				}
				continue
			}
			if err := c.tree(child, level+1, root); err != nil {
				return err
			}
		}
	case !root:
		c.lowest = level
	case root:
		for i := range count {
			at := pageHead + i*element
			word := func(k int) uint64 { return uint64(binary.NativeEndian.Uint32(b[at+4*k:])) }
			value := uint64(at) + word(1) + word(2)
			if word(0)&subtree == 0 {
				continue
			}
			if word(3) < 16 || value+word(3) > uint64(len(b)) {
				return c.bad(n)
			}
			top := binary.NativeEndian.Uint64(b[value:])
			if top == 0 && !wholeLeaf(b[value+16:value+word(3)]) {
				return c.bad(n)
			}
			if top != 0 {
				c.lowest = 0
				if err := c.tree(top, level+1, false); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// wholeLeaf reports whether a small bucket, which is a page inside the leaf that
// names it, has all it says it has: bbolt would read on past its end.
func wholeLeaf(b []byte) bool {
	if len(b) < pageHead || binary.NativeEndian.Uint16(b[8:]) != leafPage {
		return false
	}
	return packed(b, leafPage, int(binary.NativeEndian.Uint16(b[10:])))
}

func (c *pageCheck) free() error {
	if c.m.freelist == noFreelist {
		return nil
	}
	b, kind, count, err := c.page(c.m.freelist, 0)
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
		if !c.see(n) {
			return c.bad(n)
		}
	}
	return nil
}
