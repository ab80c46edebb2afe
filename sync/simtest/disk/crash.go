package disk

import (
	"maps"
	"path"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// A node is a file, whatever its names.
type node struct {
	now     content
	safe    content  // as last synced
	pending []change // from there to now, in order
	locks   locks
	shm     *shm
}

// A change is a write, or where data is nil, a truncation.
type change struct {
	off  int64
	data []byte
}

func settled(c content) *node { return &node{now: c.clone(), safe: c} }

// Crash ends the machine's programs and, with power, the machine: from then on all
// fails until Reboot. Without power, what was written is there. With a power cut, each
// change that was not synced is there, or is not, or in some of its sectors; and so is
// each name that was made or deleted.
func (d *Disk) Crash(power bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.off {
		d.crash(power)
	}
}

// CrashIn lets the machine Crash at its nth change from now, which is not made: but a
// power cut may keep a part of it. 0 is never.
func (d *Disk) CrashIn(n int, power bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fuse, d.power = n, power
}

// Crashed says whether the machine waits for Reboot.
func (d *Disk) Crashed() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.off
}

// Reboot lets files be opened again. Those from before the crash go on failing; a pool
// of connections from before would open new ones, and so is to be closed.
func (d *Disk) Reboot() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.off = false
}

// put counts a change of a file, and says whether the machine lived to make it. The one
// that it did not live to make is in the air: a power cut may keep it.
func (d *Disk) put(n *node, c change) bool {
	due := d.due()
	if !due || d.power {
		n.pending = append(n.pending, c)
	}
	if due {
		d.crash(d.power)
	}
	return !due
}

// change is put for what is no content: syncs and names.
func (d *Disk) change() bool {
	due := d.due()
	if due {
		d.crash(d.power)
	}
	return !due
}

// due counts a change, and says whether a crash is to come in its place.
func (d *Disk) due() bool {
	d.stats.Changes++
	if d.fuse == 0 {
		return false
	}
	d.fuse--
	return d.fuse == 0
}

func (d *Disk) crash(power bool) {
	d.life, d.off, d.fuse = d.life+1, true, 0
	if !power {
		d.stats.Kills++
		for _, n := range d.names {
			n.locks, n.shm = locks{}, nil
		}
		return
	}
	d.stats.PowerCuts++
	after := map[string]*node{}
	for _, name := range d.everyName() {
		n, was := d.names[name], d.safe[name]
		if n != was && d.chance.IntN(2) == 0 {
			n = was
			d.stats.Undone++
		}
		if n != nil {
			after[name] = settled(d.survivors(n))
		}
	}
	d.names, d.safe = after, maps.Clone(after)
}

// survivors is what the disk has of a file if nobody waited for it: nothing new, a
// beginning of the changes, or any of them.
func (d *Disk) survivors(n *node) content {
	out := n.safe.clone()
	kept := func(int) bool { return d.chance.IntN(2) == 0 }
	switch d.chance.IntN(4) {
	case 0:
		kept = func(int) bool { return false }
	case 1:
		end := d.chance.IntN(len(n.pending) + 1)
		kept = func(i int) bool { return i < end }
	}
	dropped, reordered := false, false
	for i, c := range n.pending {
		if !kept(i) {
			d.stats.Dropped++
			dropped = true
			continue
		}
		d.land(&out, c)
		reordered = reordered || dropped
	}
	if reordered {
		d.stats.Reordered++
	}
	return out
}

// land makes a change, at times only in some sectors.
func (d *Disk) land(c *content, w change) {
	if w.data == nil {
		d.stats.Kept++
		c.resize(w.off)
		return
	}
	parts := sectors(w)
	if len(parts) == 1 || d.chance.IntN(3) > 0 {
		d.stats.Kept++
		c.write(w.data, w.off)
		return
	}
	d.stats.Torn++
	lost := d.chance.IntN(len(parts)) // one at least, and one at least is written
	for i, p := range parts {
		if i == (lost+1)%len(parts) || i != lost && d.chance.IntN(2) == 0 {
			c.write(p.data, p.off)
		}
	}
}

func sectors(w change) (out []change) {
	for len(w.data) > 0 {
		n := min(sector-w.off%sector, int64(len(w.data)))
		out = append(out, change{w.off, w.data[:n]})
		w = change{w.off + n, w.data[n:]}
	}
	return out
}

// flush puts a file on the disk: the pages that were written to since the last time, as
// they are now.
func (n *node) flush() {
	for _, c := range n.pending {
		if c.data == nil {
			n.safe.resize(c.off)
		} else {
			n.safe.adopt(&n.now, c.off, int64(len(c.data)))
		}
	}
	n.safe.resize(n.now.size)
	n.pending = nil
}

// syncFolder puts the names of a file's folder on the disk.
func (d *Disk) syncFolder(of string) {
	for _, name := range d.everyName() {
		if path.Dir(name) != path.Dir(of) {
			continue
		}
		if n := d.names[name]; n != nil {
			d.safe[name] = n
		} else {
			delete(d.safe, name)
		}
	}
}
