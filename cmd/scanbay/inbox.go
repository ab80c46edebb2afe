package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"scanbay/store"
	"scanbay/store/access"
	"scanbay/store/intake"
	"scanbay/tui/i18n"
)

// An inbox is a folder beside the database. Whoever wants files taken in while a
// station has the database open asks it there. A request is a folder of its own,
// whose name says how far it has come; a rename is the only step from one state to
// the next, so that two never hold it.
type inbox string

func inboxOf(db string) inbox { return inbox(db + ".inbox") }

// The states of a request.
const (
	partly = ".part" // it is being written, or was withdrawn
	ready  = ".ask"  // it is whole, and waits for the station
	atWork = ".work" // the station has it
	done   = ".done" // the answer is in it
)

const (
	inboxEvery  = time.Second            // how often a station looks
	answerEvery = 100 * time.Millisecond // how often is looked for its answer
	askMax      = 5 * time.Second        // a station that has not begun by then is none
	forgotten   = 24 * time.Hour         // what is older, nobody comes for

	requestFile = "request.json"
	answerFile  = "answer.json"
)

// A request is an errand for the station; its files are numbered from 0.
type request struct {
	errand
	Lang  string
	Names []string
}

// A reply is what became of it. Failed is what the command would have said of an
// error.
type reply struct {
	Report intake.Report
	Failed string
}

// requestName is what a request's folder is called, but for its state: the time
// keeps them in order.
var requestName = regexp.MustCompile(`^\d{19}-[A-Z2-7]{12}$`)

func (in inbox) path(name, state string) string { return filepath.Join(string(in), name+state) }

func (in inbox) move(name, from, to string) error {
	return os.Rename(in.path(name, from), in.path(name, to))
}

func (in inbox) is(name, state string) bool {
	_, err := os.Stat(in.path(name, state))
	return err == nil
}

// put leaves a request.
func (in inbox) put(r request, files []intake.File, now time.Time) (name string, err error) {
	name = fmt.Sprintf("%019d-%s", now.UnixNano(), newBoot())
	folder := in.path(name, partly)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(folder)
		}
	}()
	for i, f := range files {
		if err := copyOut(f, filepath.Join(folder, strconv.Itoa(i))); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(r)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, requestFile), text, 0o600)
	}
	if err == nil {
		err = in.move(name, partly, ready)
	}
	return name, err
}

// copyMax is more than any file may have: one that is larger is refused as a whole
// one would be.
const copyMax = intake.SizeMax + 1

func copyOut(f intake.File, to string) (err error) {
	from, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // PINs may be in it
	if err != nil {
		return err
	}
	_, err = io.Copy(out, io.LimitReader(from, copyMax))
	return errors.Join(err, out.Close())
}

// handOver asks the station that has the database open to take the files in, and
// waits for its answer. If the station ends meanwhile, the command goes on by itself.
func (i importCmd) handOver(ctx context.Context, c *console) (out intake.Report, err error) {
	var files []intake.File
	r := request{errand: i.errand, Lang: c.Text.Tag()}
	for _, path := range i.Files {
		f := intake.OpenFile(path)
		files, r.Names = append(files, f), append(r.Names, f.Name)
	}
	in := inboxOf(i.DB)
	name, err := in.put(r, files, c.Now())
	if err != nil {
		return out, err
	}
	fmt.Fprintln(c.Err, c.words().HandedOver(i.DB))
	tick := time.NewTicker(answerEvery)
	defer tick.Stop()
	for late := c.Now().Add(askMax); ; {
		select {
		case <-ctx.Done():
			if in.withdraw(name) {
				return out, complaint(c.words().Withdrawn())
			}
			return out, complaint(c.words().StationGoesOn())
		case <-tick.C:
		}
		if in.is(name, done) {
			return in.fetch(name, c)
		}
		if s, key, err := i.open(ctx, c.Now); err == nil {
			return i.goOn(ctx, c, in, name, s, key)
		}
		if c.Now().After(late) && in.withdraw(name) {
			return out, complaint(c.words().NoStation(i.DB))
		}
	}
}

// goOn takes the files in where the station ended before it could answer. What it
// took, it took whole, and nothing is taken twice.
func (i importCmd) goOn(ctx context.Context, c *console, in inbox, name string, s *store.Store,
	key access.Key) (intake.Report, error) {
	if in.is(name, done) { // its last act
		report, err := in.fetch(name, c)
		return report, errors.Join(err, s.Close())
	}
	for _, state := range []string{ready, atWork} {
		_ = os.RemoveAll(in.path(name, state)) // it is in one of them
	}
	return i.load(ctx, c, s, key)
}

// withdraw takes back a request that no station has begun, and says so.
func (in inbox) withdraw(name string) bool {
	if in.move(name, ready, partly) != nil {
		return false
	}
	_ = os.RemoveAll(in.path(name, partly)) // what is left of it is swept
	return true
}

// fetch takes the answer out.
func (in inbox) fetch(name string, c *console) (intake.Report, error) {
	var a reply
	text, err := os.ReadFile(filepath.Join(in.path(name, done), answerFile))
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	_ = os.RemoveAll(in.path(name, done)) // what is left of it is swept
	switch {
	case err != nil: // the power failed as it was written
		return a.Report, complaint(c.words().StationGoesOn())
	case a.Failed != "":
		return a.Report, complaint(a.Failed)
	}
	return a.Report, nil
}

// A clerk carries out what is asked for in an inbox, one request at a time.
type clerk struct {
	inbox
	store *store.Store
	key   access.Key
	now   func() time.Time
	log   *slog.Logger
	seen  map[string]bool // requests that were begun, however they ended
}

// watchInbox carries out what is asked for, until ctx ends.
func (st *station) watchInbox(ctx context.Context) {
	k := &clerk{inbox: inboxOf(st.store.Path()), store: st.store, key: st.key, now: st.Now,
		log: st.log, seen: map[string]bool{}}
	k.sweep()
	tick := time.NewTicker(inboxEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			k.look(ctx)
		}
	}
}

// sweep removes requests that nobody comes for any more. What it does not know, it
// leaves alone.
func (k *clerk) sweep() {
	k.each(func(name, state string, d fs.DirEntry) bool {
		info, err := d.Info()
		if err == nil && k.now().Sub(info.ModTime()) > forgotten {
			_ = os.RemoveAll(k.path(name, state))
		}
		return true
	})
}

// each goes through the requests, the oldest first, until it is told that it is
// enough.
func (in inbox) each(do func(name, state string, d fs.DirEntry) bool) {
	entries, _ := os.ReadDir(string(in)) // there is none before the first request
	for _, d := range entries {
		state := filepath.Ext(d.Name())
		name := strings.TrimSuffix(d.Name(), state)
		if d.IsDir() && requestName.MatchString(name) && !do(name, state, d) {
			return
		}
	}
}

// look carries out the oldest request that there is. One that an earlier life of the
// station had at work is begun again.
func (k *clerk) look(ctx context.Context) {
	k.each(func(name, state string, _ fs.DirEntry) bool {
		if k.seen[name] || state != ready && state != atWork {
			return true
		}
		if state == ready && k.move(name, ready, atWork) != nil {
			return true // it was withdrawn
		}
		k.seen[name] = true
		if err := k.carryOut(ctx, name); err != nil {
			k.log.Error("inbox", "request", name, "err", err)
		}
		return false
	})
}

// carryOut takes the files of a request in and leaves the answer. A station that
// is told to stop leaves the request to the next.
func (k *clerk) carryOut(ctx context.Context, name string) error {
	folder := k.path(name, atWork)
	a := k.reply(ctx, folder)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	files, _ := os.ReadDir(folder)
	for _, f := range files {
		if f.Name() != requestFile {
			_ = os.Remove(filepath.Join(folder, f.Name())) // it has served
		}
	}
	return errors.Join(leave(filepath.Join(folder, answerFile), a), k.move(name, atWork, done))
}

// reply takes the files in that lie in a folder with their request.
func (k *clerk) reply(ctx context.Context, folder string) (a reply) {
	r, err := readRequest(folder)
	lang, langErr := language(r.Lang)
	if langErr != nil {
		lang = i18n.English{}
	}
	var failed bytes.Buffer
	c := &console{Out: io.Discard, Err: &failed, Text: lang, Now: k.now}
	if err == nil {
		a.Report, err = k.do(ctx, c, r, folder)
	} else {
		err = errors.Join(err, complaint(c.words().NoRequest()))
	}
	if err != nil {
		c.complain(err)
		a.Failed = strings.TrimSpace(strings.TrimPrefix(failed.String(), "scanbay: "))
	}
	k.log.Info("inbox", "request", filepath.Base(folder), "kind", r.Kind, "files", len(r.Names),
		"err", err)
	return a
}

func readRequest(folder string) (r request, err error) {
	text, err := os.ReadFile(filepath.Join(folder, requestFile))
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	for i := range r.Names {
		info, statErr := os.Lstat(filepath.Join(folder, strconv.Itoa(i)))
		if statErr == nil && !info.Mode().IsRegular() {
			statErr = fmt.Errorf("%s is no file", info.Name()) // to open it could take for ever
		}
		err = errors.Join(err, statErr)
	}
	return r, err
}

func (k *clerk) do(ctx context.Context, c *console, r request, folder string) (
	intake.Report, error) {
	if err := r.check(c.words()); err != nil {
		return intake.Report{}, err
	}
	var files []intake.File
	for i, name := range r.Names {
		copied := intake.OpenFile(filepath.Join(folder, strconv.Itoa(i)))
		files = append(files, intake.File{Name: name, Open: copied.Open})
	}
	return r.errand.do(ctx, k.store, k.key, files)
}

// leave writes the answer. The rename of its folder is what makes it one.
func leave(path string, a reply) error {
	text, err := json.Marshal(a)
	if err != nil {
		return err
	}
	return os.WriteFile(path, text, 0o600)
}
