package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/access"
	"scanbay/sync/agent"
	"scanbay/tui"
	"scanbay/tui/screens"
	"scanbay/tui/theme"
)

// framesASecond is how often the screen is drawn, at most: it is what an operator
// waits for.
const framesASecond = 120

// The ways in which a station ends by itself.
var (
	errNoTerminal = errors.New("no terminal")
	errHungUp     = errors.New("the terminal is gone")
	errCrashed    = errors.New("a part of the program stopped")
)

type stationCmd struct {
	site
	devices
	Journal string `placeholder:"FILE" help:"Append the id of each answered scan to FILE."`
}

// Help tells what a station remembers.
func (stationCmd) Help() string {
	return "Scanners and scale are remembered: without --serial, --evdev and --hid it takes the " +
		"scanners of\nthe last time, and any of these flags replaces them all; --scale is by " +
		"itself. scanbay doctor --forget\nforgets them."
}

// Run opens the database and works until it is told to stop.
func (cmd stationCmd) Run(ctx context.Context, c *console) (err error) {
	s, key, err := cmd.open(ctx, c.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := plan(ctx, s); err != nil {
		return err
	}
	if err := cmd.remember(ctx, c, s); err != nil {
		return err
	}
	st := &station{console: c, store: s, key: key, devices: cmd.devices, remembers: true}
	if st.link, err = readLink(cmd.DB); err != nil {
		return err
	}
	if id := s.Identity(); st.link == nil && !id.Authority || id.Central {
		return complaint(c.words().NotEnrolled(cmd.DB))
	}
	if cmd.Journal != "" {
		j, err := openJournal(cmd.Journal, s)
		if err != nil {
			return err
		}
		defer j.close()
		st.filters = append(st.filters, j.watch().filter)
	}
	return st.run(ctx)
}

// A station is all that runs while people work at one terminal.
type station struct {
	*console
	devices
	store *store.Store
	key   access.Key
	hint  []string

	remembers bool // its devices

	filters []filter
	link    *link        // to central; nil for a station that stands alone
	agent   *agent.Agent // at it
	unsent  atomic.Int64 // facts that central has not

	log     *slog.Logger
	ids     *scanner.IDs
	prefix  string
	tellers map[string]scanner.Teller // by the port of their scans
	waiting []scanner.Teller          // were told of something wrong
	program *tea.Program
	running sync.WaitGroup
	stop    context.CancelCauseFunc
}

// run starts the terminal, then the program, then the scanners, and stops them in
// the opposite order. Nothing that a label can do ends it.
func (st *station) run(ctx context.Context) error {
	ctx, st.stop = context.WithCancelCause(ctx)
	defer st.stop(nil)
	log, err := openLog(st.store.Path() + ".log")
	if err != nil {
		return err
	}
	defer log.Close()
	st.log = logTo(log)
	st.connect(ctx, st.link)
	if err := st.settle(ctx); err != nil {
		return err
	}
	tty, err := openTerminal(os.Stdin, os.Stdout)
	if errors.Is(err, errNoTerminal) {
		return complaint(st.words().NoTerminal())
	}
	if err != nil {
		return err
	}
	err = st.work(ctx, tty)
	st.stop(nil)
	st.running.Wait()
	if err := tty.restore(); err != nil {
		st.log.Info("terminal", "err", err) // it is gone, and nobody is there to be told
	}
	if errors.Is(err, tea.ErrProgramPanic) || errors.Is(context.Cause(ctx), errCrashed) {
		return complaint(st.words().Crashed(st.store.Path() + ".log"))
	}
	return err
}

// settle reads what the site has set.
func (st *station) settle(ctx context.Context) error {
	st.ids = scanner.NewIDs(newBoot())
	var err error
	st.prefix, err = store.Get(ctx, st.store, func(r *store.Reader) (string, error) {
		return r.Setting(store.LabelPrefix)
	})
	return err
}

// work runs the program on an open terminal until it ends.
func (st *station) work(ctx context.Context, tty *terminal) error {
	idle, err := store.Get(ctx, st.store, func(r *store.Reader) (int64, error) {
		return r.Number(store.IdleMinutes)
	})
	if err != nil {
		return err
	}
	keyboard, err := st.keyboard(tty)
	if err != nil {
		return err
	}
	sounds := make(chan theme.Sound, soundsMax)
	var sh *tui.Shell
	sh = &tui.Shell{Store: st.store, Text: st.Text, Languages: languages(),
		Theme: theme.Colour(lipgloss.NewRenderer(tty)), Clock: tui.RealClock(st.Now),
		Hint: st.hint, Log: st.log, Keyed: st.reader("keyed", "").Keyed,
		IdleAfter: time.Duration(idle) * time.Minute, Export: st.export,
		Settle: st.settled, IsPrinter: isPrinter,
		Unsent: func() (int, bool) { return int(st.unsent.Load()), st.agent == nil },
		Sound: func(s theme.Sound) {
			st.tell(sh.Gun(), s)
			select {
			case sounds <- s:
			default:
			}
		}}
	app, fit := tui.New(sh, screens.New(sh, st.key)), chain(append(st.filters, sized)...)
	st.program = tea.NewProgram(app,
		tea.WithContext(ctx), tea.WithInput(keyboard), tea.WithOutput(tty), tea.WithAltScreen(),
		tea.WithoutBracketedPaste(), tea.WithoutSignalHandler(), tea.WithFPS(framesASecond),
		tea.WithFilter(fit))
	app.Update(fit(app, tty.size())) // the first picture fits, too
	st.start(func() { tty.ring(ctx, sounds) })
	st.start(func() { st.watchDisk(ctx) })
	st.start(func() { st.watchInbox(ctx) })
	st.start(func() { st.plan(ctx) })
	st.start(func() { st.watchNews(ctx) })
	st.start(func() {
		newPrintQueue(st.store, st.Text, st.prefix, st.log, st.program.Send).run(ctx, st.start)
	})
	if st.agent != nil {
		st.start(func() { st.agent.Run(ctx) })
		st.start(func() { st.watchLine(ctx) })
	}
	if err := st.listen(ctx, keyboard); err != nil {
		return err
	}
	if st.remembers {
		if err := keep(ctx, st.store, st.devices.plugged()); err != nil {
			return err
		}
	}
	_, err = st.program.Run()
	if ctx.Err() != nil && !errors.Is(err, tea.ErrProgramPanic) {
		return nil // it was told to stop
	}
	return err
}

// newsEvery is how long what others did may not be on the screen.
const newsEvery = time.Second

// watchNews tells the program that something was recorded.
func (st *station) watchNews(ctx context.Context) {
	var shown store.Cursor
	for pause(ctx, newsEvery); ctx.Err() == nil; pause(ctx, newsEvery) {
		now, err := store.Get(ctx, st.store, (*store.Reader).Cursor)
		if err == nil && now != shown {
			shown = now
			st.program.Send(tui.NewsMsg{})
		}
	}
}

// planEvery is how long what somebody set free waits for the orders that want it.
const planEvery = time.Minute

// plan is the lone station's authority at work, until ctx ends.
func (st *station) plan(ctx context.Context) {
	for pause(ctx, planEvery); ctx.Err() == nil; pause(ctx, planEvery) {
		if err := plan(ctx, st.store); err != nil && ctx.Err() == nil {
			st.log.Error("plan", "err", err)
		}
	}
}

// start runs a part of the station beside the program. A panic in it ends the
// station in an orderly way, with the terminal given back.
func (st *station) start(part func()) {
	st.running.Go(func() {
		defer func() {
			if r := recover(); r != nil {
				st.log.Error("panic", "what", r, "stack", string(debug.Stack()))
				st.stop(errCrashed)
			}
		}()
		part()
	})
}
