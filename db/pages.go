package db

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"syscall"
)

// checkPages follows the pages of the file from the root to the leaves, as
// bbolt will, without trusting them: pages that lead in a circle would keep
// bbolt going round until the computer has no memory left, which nothing can
// stop, and a list of free pages that names a used one would let the next save
// overwrite it. The leaves of a file past mostPages are not read.
//
// It looks at the file through a mapping of its own, which costs a fraction of
// reading thousands of pages. The size was compared before: a fault there is the
// disk's.
func checkPages(f *os.File) (err error) {
	m, _, err := readMeta(f)
	if err != nil {
		return badHeader(err)
	}
	c := pageCheck{m: m, leaves: m.pages <= mostPages}
	how := syscall.MAP_SHARED
	if c.leaves {
		how |= syscall.MAP_POPULATE // nearly all of it will be looked at
	}
	size := m.pages * uint64(m.pageSize)
	if m.pageSize < 1024 || m.pages < 4 || m.pages >= mostBits || int(size) < 0 {
		return c.bad(0)
	}
	if c.data, err = syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, how); err != nil {
		return unreadable(err)
	}
	c.seen = make([]uint64, m.pages/64+1)
	defer func() {
		p := recover()
		_ = syscall.Munmap(c.data)
		if _, fault := p.(interface{ Addr() uintptr }); fault {
			err = unreadable(errors.New(fmt.Sprint(p)))
		} else if p != nil {
			panic(p)
		}
	}()
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
	data   []byte // the whole file
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

// page finds a page with all that belongs to it.
func (c *pageCheck) page(n uint64) (b []byte, kind uint16, count int, err error) {
	if !c.see(n) {
		return nil, 0, 0, c.bad(n)
	}
	size := uint64(c.m.pageSize)
	b = c.data[n*size : (n+1)*size]
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
	b = c.data[n*size : (n+more+1)*size]
	if kind != freePage && pageHead+count*element > len(b) {
		return nil, 0, 0, c.bad(n)
	}
	return b, kind, count, nil
}

// tree follows a tree; root is that of buckets, whose leaves lead to others.
func (c *pageCheck) tree(n uint64, level int, root bool) error {
	b, kind, count, err := c.page(n)
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
	b, kind, count, err := c.page(c.m.freelist)
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
