package disk

import "slices"

const pageSize = 4096

// content is the bytes of a file, in pages that copies share until one writes to them.
type content struct {
	size  int64
	pages []*[pageSize]byte // nil where nothing was written: zeros
	own   []bool            // whether nobody else has the page
}

// contentOf shares the bytes given.
func contentOf(b []byte) content {
	c := content{size: int64(len(b))}
	for len(b) >= pageSize {
		c.pages = append(c.pages, (*[pageSize]byte)(b))
		b = b[pageSize:]
	}
	if len(b) > 0 {
		last := new([pageSize]byte)
		copy(last[:], b)
		c.pages = append(c.pages, last)
	}
	c.own = make([]bool, len(c.pages))
	return c
}

func (c *content) bytes() []byte {
	out := make([]byte, c.size)
	c.read(out, 0)
	return out
}

func (c *content) clone() content {
	clear(c.own)
	return content{c.size, slices.Clone(c.pages), make([]bool, len(c.pages))}
}

// read fills p, with zeros behind the end of the file, and says how much was in it.
func (c *content) read(p []byte, off int64) (n int) {
	clear(p)
	p = p[:max(0, min(int64(len(p)), c.size-off))]
	for n < len(p) {
		page, from := c.pages[(off+int64(n))/pageSize], (off+int64(n))%pageSize
		if page == nil {
			n += min(pageSize-int(from), len(p)-n)
		} else {
			n += copy(p[n:], page[from:])
		}
	}
	return n
}

func (c *content) write(p []byte, off int64) {
	c.resize(max(c.size, off+int64(len(p))))
	for len(p) > 0 {
		n := copy(c.writable(off / pageSize)[off%pageSize:], p)
		p, off = p[n:], off+int64(n)
	}
}

func (c *content) resize(size int64) {
	pages := int((size + pageSize - 1) / pageSize)
	if size < c.size {
		c.pages, c.own = c.pages[:pages], c.own[:pages]
		if in := size % pageSize; in > 0 { // what is cut off must not come back
			clear(c.writable(size / pageSize)[in:])
		}
	}
	for len(c.pages) < pages {
		c.pages, c.own = append(c.pages, nil), append(c.own, false)
	}
	c.size = size
}

func (c *content) writable(i int64) *[pageSize]byte {
	if !c.own[i] {
		page := new([pageSize]byte)
		if old := c.pages[i]; old != nil {
			*page = *old
		}
		c.pages[i], c.own[i] = page, true
	}
	return c.pages[i]
}

// adopt takes the pages from which n bytes at off are, as far as from has them.
func (c *content) adopt(from *content, off, n int64) {
	last := min((off+n-1)/pageSize, int64(len(from.pages))-1)
	for i := off / pageSize; i <= last; i++ {
		c.resize(max(c.size, min((i+1)*pageSize, from.size)))
		c.pages[i], c.own[i], from.own[i] = from.pages[i], false, false
	}
}
