package tui

import (
	"errors"
	"fmt"
	"slices"

	"scanbay/store"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
	"scanbay/tui/theme"
)

// A notice is the last thing that the station said, a paragraph each.
type notice struct {
	tone component.Tone
	said []string
	err  error // said in the language of the moment, instead of said
	must bool  // nothing goes on before F2

	remedy func(i18n.Text) string // in the place of the refusal's own; may be nil
}

// mustSee holds the refusals that goods or people can be hurt by when they are
// not read. A fault is always one.
func mustSee(err error) bool {
	r, ok := store.RefusalOf(err)
	if !ok {
		return true
	}
	switch r.Code {
	case store.CartonSealed, store.CartonForeign, store.Intercepted, store.WeightStop:
		return true
	}
	return false
}

func (n notice) text(t i18n.Text) []string {
	if n.err == nil {
		return n.said
	}
	problem, remedy := i18n.Explain(t, n.err)
	if n.remedy != nil {
		remedy = n.remedy(t)
	}
	return []string{problem, remedy}
}

// Tell puts good news on the banner, a paragraph each, with the sound of it.
func (sh *Shell) Tell(text ...string) {
	if sh.said.must {
		return
	}
	sh.said = notice{tone: component.Good, said: text}
	sh.Sound(theme.Right)
}

// Note puts on the banner what is neither right nor wrong, without a sound.
func (sh *Shell) Note(text ...string) {
	if !sh.said.must {
		sh.said = notice{said: text}
	}
}

// Repeat says that a scan was a repeat, beside what the station had said of the first.
func (sh *Shell) Repeat() {
	text := sh.Text.Repeat()
	if sh.said.err != nil || sh.said.must || slices.Contains(sh.said.said, text) {
		return // it stands, and the list of scans has the repeat
	}
	sh.said.said = append(slices.Clip(sh.said.said), text)
}

// Warn puts a refusal or a fault on the banner, with the sound of it. A fault
// goes to the log too: the operator sees but what to do.
func (sh *Shell) Warn(err error) {
	if errors.Is(err, store.ErrAnswered) {
		sh.scans.came(echoed)
		sh.Repeat()
		return
	}
	sh.scans.came(outcome(code(err)))
	if _, refused := store.RefusalOf(err); !refused {
		sh.Log.Error("fault", "err", err, "screen", fmt.Sprintf("%T", sh.front()))
	}
	must, sound := mustSee(err), theme.Wrong
	if sh.said.must && !must {
		sh.aside = err
	} else {
		sh.said, sh.aside = notice{tone: component.Wrong, err: err, must: must}, nil
	}
	if must {
		sh.said.tone, sound = component.Must, theme.Attention
	}
	sh.Sound(sound)
}

// Remedy says what to do about the refusal on the banner, where the work in hand knows better
// than the code of the refusal.
func (sh *Shell) Remedy(say func(i18n.Text) string) {
	if sh.said.err != nil && !sh.said.must {
		sh.said.remedy = say
	}
}

// code names a refusal or a fault in the list of scans.
func code(err error) string {
	if r, ok := store.RefusalOf(err); ok {
		return string(r.Code)
	}
	return string(store.FaultOf(err).Code)
}
