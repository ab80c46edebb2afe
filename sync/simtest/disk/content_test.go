package disk

import (
	"bytes"
	"math/rand/v2"
	"testing"

	lib "modernc.org/sqlite/lib"
)

// A file is what its writes say, whoever shares its pages; and what a sync puts on the
// disk is what it was then.
func TestContentIsItsWrites(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 2))
		start := random(r, r.IntN(3*pageSize))
		n, want := settled(contentOf(start)), bytes.Clone(start)
		before, synced := bytes.Clone(start), bytes.Clone(start)
		for range 30 {
			switch off := int64(r.IntN(4 * pageSize)); r.IntN(8) {
			case 0:
				want = resized(want, off)
				n.pending = append(n.pending, change{off: off})
				n.now.resize(off)
			case 1:
				n.flush()
				synced = bytes.Clone(want)
			default:
				p := random(r, 1+r.IntN(2*pageSize))
				want = resized(want, max(int64(len(want)), off+int64(len(p))))
				copy(want[off:], p)
				n.pending = append(n.pending, change{off, p})
				n.now.write(p, off)
			}
			if !bytes.Equal(n.now.bytes(), want) || !bytes.Equal(n.safe.bytes(), synced) {
				t.Fatalf("seed %d: another content", seed)
			}
		}
		if !bytes.Equal(start, before) {
			t.Fatalf("seed %d: the bytes it began with changed", seed)
		}
	}
}

func random(r *rand.Rand, n int) []byte {
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(r.Uint32())
	}
	return p
}

func resized(b []byte, n int64) []byte {
	out := make([]byte, n)
	copy(out, b)
	return out
}

// Sectors are those of the disk, wherever a write begins.
func TestSectors(t *testing.T) {
	parts := sectors(change{500, make([]byte, 600)})
	if len(parts) != 3 || parts[1].off != sector || len(parts[0].data) != 12 ||
		len(parts[1].data) != sector || len(parts[2].data) != 76 {
		t.Errorf("%d parts", len(parts))
	}
}

// A torn write is there in part: some of its sectors, and some of what was before.
func TestATornWriteIsNeitherNorBoth(t *testing.T) {
	d := newDisk(t)
	for torn := 0; torn < 100; {
		w := change{100, bytes.Repeat([]byte{'n'}, 4096)}
		c := contentOf(bytes.Repeat([]byte{'o'}, 8192))
		d.land(&c, w)
		news := bytes.Count(c.bytes(), []byte{'n'})
		if whole := news == len(w.data); news == 0 || whole != (d.stats.Torn == torn) {
			t.Fatalf("%d new bytes, %+v", news, d.stats)
		}
		torn = d.stats.Torn
	}
}

// What a machine did not live to write may outlive a power cut, but not a kill: the
// system never had it.
func TestTheLastWrite(t *testing.T) {
	for power, want := range map[bool]int{true: 1, false: 0} {
		d, n := newDisk(t), &node{}
		d.CrashIn(2, power)
		first, second := d.put(n, change{}), d.put(n, change{})
		if !first || second || !d.Crashed() || len(n.pending) != 1+want {
			t.Errorf("power %v: %v, %v, %d changes", power, first, second, len(n.pending))
		}
	}
}

func newDisk(t *testing.T) *Disk {
	t.Helper()
	d := New(1)
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// Of the locks on shared memory, each is held by many that read or one that writes.
func TestSharedMemoryLocks(t *testing.T) {
	mem := &shm{}
	a, b := &handle{shm: mem}, &handle{shm: mem}
	const one, two = 1 << 3, 1 << 4
	for i, step := range []struct{ got, want int32 }{
		{a.shmExclude(one), lib.SQLITE_OK},
		{b.shmShare(one), lib.SQLITE_BUSY},
		{b.shmExclude(one | two), lib.SQLITE_BUSY},
		{b.shmShare(two), lib.SQLITE_OK},
		{b.shmShare(two), lib.SQLITE_OK}, // has it
		{a.shmShare(two), lib.SQLITE_OK},
		{a.shmExclude(two), lib.SQLITE_BUSY},
	} {
		if step.got != step.want {
			t.Errorf("step %d: %d", i, step.got)
		}
	}
	a.shmUnlock(one | two)
	if rc := b.shmExclude(one); rc != lib.SQLITE_OK || mem.held != [8]int{3: -1, 4: 1} {
		t.Errorf("%d, %v", rc, mem.held)
	}
	b.shmUnlock(^uint16(0))
	if mem.held != [8]int{} {
		t.Errorf("%v", mem.held)
	}
}
