// Package disk is the disk of one machine for SQLite, kept in memory, that can lie: it
// forgets what was not synced, in part and out of order, fills up, and fails to sync.
//
// A Disk is a VFS of its own, so that a program opens a database on it as on a real
// one: "file:/a.db?vfs=" and its Name. What it does by chance is set by its seed: with
// one goroutine, the same calls find the same disk, and with Seed, the same bytes.
package disk

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// A Disk holds the files of one machine. Its methods may be called while it is in use.
type Disk struct {
	mu     sync.Mutex
	chance chance
	now    func() time.Time

	names map[string]*node // as programs see them
	safe  map[string]*node // as they were last synced: what a power cut can go back to

	open map[uintptr]*handle // by the address of SQLite's own record of a file
	life int                 // rises when all handles die
	off  bool

	fuse     int  // changes until the crash that was asked for, 0 for none
	power    bool // whether that takes the power
	failSync int  // syncs until one fails, 0 for none
	lying    bool
	room     int64 // bytes, 0 for no end
	stats    Stats

	at   uintptr // of the record that SQLite knows the disk by
	kept []any   // the functions in it, which the garbage collector cannot see there
}

type chance interface {
	IntN(n int) int
	Uint32() uint32
}

// Stats counts what happened to a disk since it was made, temporary files apart.
type Stats struct {
	Changes     int // writes, truncations, syncs, and names made and deleted: what CrashIn counts
	Writes      int
	Syncs       int
	PowerCuts   int
	Kills       int
	Kept        int // changes not synced that outlived a power cut or a failed sync, whole
	Dropped     int // those that did not
	Torn        int // those of which some sectors did
	Reordered   int // files in which a later change outlived an earlier one
	Undone      int // names made or deleted, which a power cut took back
	Full        int // writes for which there was no room
	FailedSyncs int
	LyingSyncs  int
}

// start is the time on a disk whose clock nobody set.
const start = 1_767_225_600

// New makes an empty disk and tells SQLite of it. It is to be closed.
func New(seed uint64) *Disk {
	d := &Disk{
		chance: rand.New(rand.NewPCG(seed, 0)),
		now:    func() time.Time { return time.Unix(start, 0) },
		names:  map[string]*node{},
		safe:   map[string]*node{},
		open:   map[uintptr]*handle{},
	}
	d.register()
	return d
}

// Name is what the vfs parameter of a database's URI says. It is free again for
// another disk after Close.
func (d *Disk) Name() string { return name(d.at) }

func name(at uintptr) string { return fmt.Sprintf("disk-%x", at) }

// Close makes SQLite forget the disk. It fails, and does nothing, while files are open:
// the databases on a disk are closed first, those of before a crash too.
func (d *Disk) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := len(d.open); n > 0 {
		return fmt.Errorf("disk: %d files are open", n)
	}
	if d.at == 0 {
		return errors.New("disk: closed already")
	}
	d.unregister()
	return nil
}

// Stats is what happened so far.
func (d *Disk) Stats() Stats {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.stats
}

// SetClock sets where SQLite takes the time from. It is not to call the disk.
func (d *Disk) SetClock(now func() time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.now = now
}

// FullAt sets how many bytes the disk has room for: 0 is no end. What fits of a write
// is written.
func (d *Disk) FullAt(bytes int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.room = bytes
}

// FailSync makes the nth sync from now fail: 0 is none. As of a kernel's page cache, any
// part of what it was for is on the disk, and no later sync tries again.
func (d *Disk) FailSync(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.failSync = n
}

// LieSync sets whether syncs do nothing and say that they did.
func (d *Disk) LieSync(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.lying = on
}

// Image is the files as a program sees them now, by name.
func (d *Disk) Image() map[string][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	out := make(map[string][]byte, len(d.names))
	for name, n := range d.names {
		out[name] = n.now.bytes()
	}
	return out
}

// Load puts the files of an image in place of all there are, synced. Files that are open
// fail from then on, as after a crash. The disk goes on using the image's bytes, which
// must not change any more; any number of disks may share them.
func (d *Disk) Load(image map[string][]byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.life++
	d.names = make(map[string]*node, len(image))
	for name, b := range image {
		d.names[name] = settled(contentOf(b))
	}
	d.safe = maps.Clone(d.names)
}

// everyName is the names there are or were when last synced, sorted: chance must not
// depend on the order of a map.
func (d *Disk) everyName() []string {
	all := maps.Clone(d.safe)
	maps.Copy(all, d.names)
	return slices.Sorted(maps.Keys(all))
}
