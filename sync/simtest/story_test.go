package simtest

import (
	"fmt"
	"testing"

	"scanbay/store"
	"scanbay/store/outbound"
	"scanbay/store/storetest"
)

// stories are of runs in which something was lost, or never came to rest.
var stories = map[string]func(*world, *node){
	"Central is put back to before a push, and the station has nothing more to send": func(
		w *world, n *node) {
		w.restore()
		n.work()
		n.push()
		w.restored(false)
	},
	"A person was told of after last night's backup": func(w *world, n *node) {
		w.restore()
		w.beside()
		n.pull()
		w.restored(false)
	},
	"A station was away while central was put back twice": func(w *world, n *node) {
		w.restore()
		w.arrive()
		n.pull()
		w.restored(true)
		w.endWait()
		w.arrive()
		w.restore()
		w.restored(true)
	},
	"Two slips would have one number, before and after central was put back": func(
		w *world, n *node) {
		w.restore()
		w.arrive()
		w.tick()
		n.pull()
		w.restored(true)
		w.endWait()
		w.arrive()
		w.tick()
	},
	"A station and its clone put a row otherwise each": func(w *world, n *node) {
		n.clone()
		n.contradict()
		w.nodes[len(w.nodes)-1].contradict()
	},
	"A station with the name of ours is enrolled twice elsewhere": func(w *world, _ *node) {
		n := w.nodes[3]
		n.pull()
		w.restore()
		n.moved(w)
		n.pull()
		w.restored(false)
		n.moved(w)
	},
	"A clone writes where central was put back to": func(w *world, n *node) {
		n.clone()
		w.restore()
		n.work()
		n.push()
		w.restored(false)
		w.nodes[len(w.nodes)-1].work()
		w.nodes[len(w.nodes)-1].push()
	},
	"Central is put back, told so, and put back again without a word": func(w *world, n *node) {
		w.restore()
		w.restored(true)
		w.restore()
		n.work()
		n.push()
		n.pull()
		w.nodes[1].work()
		w.nodes[1].pull()
		w.restored(false)
		w.nodes[2].push()
		n.push()
	},
	"Of two copies of a station the one tells first that has seen less": func(w *world, n *node) {
		n.clone()
		w.restore()
		for range 8 {
			n.work()
		}
		w.restored(true)
		for range 2 {
			w.nodes[len(w.nodes)-1].pull()
		}
	},
	"Central is put back twice before anybody noticed the first time": func(
		w *world, n *node) {
		w.restore()
		n.scansSlips()
		w.restored(false)
		w.arrive()
		w.restore()
		for range 2 {
			n.pull()
		}
		w.restored(false)
	},
	"The numbers that a station saw last were of its own facts": func(w *world, n *node) {
		for range 8 {
			n.work()
		}
		n.clone()
		w.restore()
		w.nodes[len(w.nodes)-1].push()
		n.pull()
		w.restored(false)
		w.arrive()
		n.push()
	},
	"The backup has what central then lost before anybody heard of it": func(w *world, n *node) {
		before := w.hub.disk.Image()
		w.arrive()
		w.restore()
		w.hub.disk.Load(before)
		w.hub.disk.CrashIn(0, false)
		w.hub.reopen()
		w.hub.serve()
		for range 9 {
			n.site.Record(store.ScanNoted{Text: "of no meaning"})
		}
		n.push()
		w.nodes[1].pull()
		w.restored(true)
	},
	"Two stations put a row otherwise each": func(w *world, n *node) {
		n.contradict()
		w.nodes[1].contradict()
	},
}

// scansSlips scans the labels of slips: central says whose they are, and answers.
func (n *node) scansSlips() {
	before := n.site.Scans()
	for _, j := range storetest.Read(n.site, func(r *store.Reader) ([]store.Job, error) {
		return r.ToPick(9)
	}) {
		_, err := outbound.Take(background, n.store, n.site.By(n.who, "slip:"+string(j.Slip)), "")
		n.site.Code(err)
	}
	n.scans = n.site.Scans()
	for i := before + 1; i <= n.scans; i++ {
		n.done = append(n.done, store.ScanID(fmt.Sprintf("%s.%d", n.id, i)))
	}
}

// moved enrols a station again where it is.
func (n *node) moved(w *world) {
	if _, err := n.enrol(); err != nil {
		w.fail(works, "%v", err)
	}
}

func TestStories(t *testing.T) {
	from := newDawn(t, t.TempDir())
	for name, tell := range stories {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 1, t.TempDir(), from)
			defer w.close()
			defer func() {
				switch r := recover().(type) {
				case nil:
				case violation:
					t.Error(r)
				default:
					panic(r)
				}
			}()
			w.begin()
			w.calm = true
			for _, n := range w.nodes {
				n.pull()
			}
			tell(w, w.nodes[0])
			w.settle()
			w.check()
			if n := w.count["contradiction"]; n != w.count["contradicting put"]/2 {
				t.Errorf("%d facts contradict others", n)
			}
		})
	}
}
