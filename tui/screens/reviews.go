package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/returns"
	"scanbay/tui"
	"scanbay/tui/component"
	"scanbay/tui/i18n"
)

// Reviews shows a supervisor the returns that wait for a person: those that the policy does
// not decide on, those whose customer was asked, and those that came unannounced.
type Reviews struct {
	sh    *tui.Shell
	all   []returns.HeldReturn // on the screen
	n     int                  // that wait
	read  bool
	why   map[string]store.Reason // by code
	at    cursor
	first store.RMAID // that the cursor begins on
}

func newReviews(sh *tui.Shell) *Reviews { return &Reviews{sh: sh} }

// Open implements tui.Screen.
func (l *Reviews) Open() tea.Cmd {
	return l.look(func(all []returns.HeldReturn) {
		seek(&l.at, l.all, all, rmaOf)
		l.all, l.read = all, true
		l.first = begin(&l.at, all, rmaOf, l.first)
	})
}

// News implements tui.Newsed.
func (l *Reviews) News() tea.Cmd {
	return l.look(func(all []returns.HeldReturn) { l.all = follow(&l.at, l.all, all, rmaOf) })
}

func reasonsOfReturns(r *store.Reader) ([]store.Reason, error) {
	return r.Reasons(store.ReturnReason)
}

func rmaOf(h returns.HeldReturn) store.RMAID { return h.ID }

func (l *Reviews) look(then func([]returns.HeldReturn)) tea.Cmd {
	type read struct {
		all     []returns.HeldReturn
		reasons []store.Reason
	}
	return tui.Do(l.sh, func(ctx context.Context) (out read, err error) {
		if out.all, err = returns.Waiting(ctx, l.sh.Store); err != nil {
			return out, err
		}
		out.reasons, err = store.Get(ctx, l.sh.Store, reasonsOfReturns)
		return out, err
	}, func(r read) tea.Cmd {
		l.n, l.why = len(r.all), map[string]store.Reason{}
		for _, x := range r.reasons {
			l.why[x.Code] = x
		}
		then(r.all)
		return nil
	})
}

// Scan implements tui.Screen: the label of a return that waits selects it.
func (l *Reviews) Scan(s scanner.Scan) tea.Cmd {
	by := l.sh.By(s)
	var waiting []store.RMAID
	for _, h := range l.all {
		waiting = append(waiting, h.ID)
	}
	return tui.Do(l.sh, func(ctx context.Context) (store.RMAID, error) {
		return returns.FindWaiting(ctx, l.sh.Store, by, waiting)
	}, func(id store.RMAID) tea.Cmd {
		for i, h := range l.all {
			if h.ID == id {
				l.at = cursor(i)
			}
		}
		return nil
	})
}

// Key implements tui.Screen.
func (l *Reviews) Key(k tea.KeyMsg) tea.Cmd {
	l.at.key(k, len(l.all))
	return nil
}

// Keys implements tui.Keyed: what can be done about the selected return.
func (l *Reviews) Keys() []tui.Binding {
	if len(l.all) == 0 {
		return nil
	}
	l.at.keep(len(l.all))
	h, t := l.all[l.at], l.sh.Text
	out := []tui.Binding{
		{Key: "f5", Command: i18n.Approve, Do: func() tea.Cmd {
			return l.decide(store.OverrideReason, t.ApproveTitle(), returns.Approve,
				t.Approved(string(h.ID)))
		}},
		{Key: "f6", Command: i18n.Reject, Do: func() tea.Cmd {
			return l.decide(store.HoldReason, t.RejectTitle(), returns.Reject,
				t.Rejected(string(h.ID)))
		}},
	}
	switch {
	case h.Decision.State == store.RMAAsked:
		out = append(out, tui.Binding{Key: "f3", Command: i18n.Answer, Do: l.answer})
	case bool(h.Asked) && !h.Decision.Closed():
		out = append(out, tui.Binding{Key: "f2", Command: i18n.Ask, Do: l.ask})
	}
	if bool(h.Asked) && !h.Decision.Closed() {
		out = append(out, tui.Binding{Command: i18n.Keeps, Do: func() tea.Cmd {
			return l.decide(store.HoldReason, t.WhyKeeps(), returns.CancelReturn,
				t.CustomerKeeps(h.ID))
		}})
	}
	return out
}

// A returnDecision of a supervisor on a return needs a reason.
type returnDecision func(context.Context, *store.Store, store.Gesture, store.RMAID, string) error

func (l *Reviews) decide(use store.ReasonUse, title string, do returnDecision,
	said string) tea.Cmd {
	return because(l.sh, use, title, func(reason string) tea.Cmd { return l.do(do, reason, said) })
}

// do decides on the selected return, says so, and looks anew.
func (l *Reviews) do(do returnDecision, words, said string) tea.Cmd {
	by, id := l.sh.By(scanner.Scan{Source: keyed}), l.all[l.at].ID
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, do(ctx, l.sh.Store, by, id, words)
	}, func(struct{}) tea.Cmd {
		l.sh.Tell(said)
		return l.Open()
	})
}

func (l *Reviews) ask() tea.Cmd {
	return l.say(l.sh.Text.AskQuestion(), returns.AskCustomer, l.sh.Text.ReturnAsked())
}

func (l *Reviews) answer() tea.Cmd {
	return l.say(l.sh.Text.AskAnswer(l.all[l.at].Decision.Note), returns.AnswerFor,
		l.sh.Text.ReturnAnswered())
}

// say has words typed, and decides with them.
func (l *Reviews) say(title string, do returnDecision, said string) tea.Cmd {
	return l.sh.Enter(tui.Entry{Title: title, Take: func(text string) tea.Cmd {
		if text == "" {
			return nil
		}
		return l.do(do, text, said)
	}})
}

// Refused implements tui.Refused: another supervisor was faster, or it is none of these.
func (l *Reviews) Refused(r *store.Refusal) tea.Cmd {
	if r.Code == store.NotThere {
		l.sh.Remedy(i18n.Text.NoneOfThese)
		return nil
	}
	return l.Open()
}

// View implements tui.Screen: the returns, and what there is to know of the selected one.
func (l *Reviews) View(w, h int) []string {
	t, th := l.sh.Text, l.sh.Theme
	data := []string{th.Title.Render(component.Fit(t.ReviewsTitle(l.n), w))}
	if len(l.all) == 0 {
		var todo []string
		if l.read {
			todo = component.Wrap(t.ReviewsNone(), w)
		}
		return component.Page(data, todo, w, h)
	}
	l.at.keep(len(l.all))
	var rows []string
	for _, r := range l.all {
		rows = append(rows, string(r.ID))
	}
	r, most := l.all[l.at], max(5, h*2/3)
	about := l.about(r, w, true)
	if len(about) > most {
		about = l.about(r, w, false)
	}
	about = about[:min(len(about), most)]
	room := max(1, h-1-len(about))
	data = append(data, component.List(th, rows, int(l.at), w, min(room, len(rows)))...)
	return component.Page(append(data, about...), nil, w, h)
}

// about says why a return waits, and what it is of.
func (l *Reviews) about(h returns.HeldReturn, w int, remedies bool) (out []string) {
	t, th := l.sh.Text, l.sh.Theme
	add := func(text string) { out = append(out, component.Wrap(text, w)...) }
	switch {
	case h.Decision.Closed():
		add("- " + t.CameClosed(t.ReturnStates()[h.Decision.State]))
		if remedies {
			add("  " + t.CameClosedHow())
		}
	case !bool(h.Asked):
		add("- " + t.Unannounced())
	case h.Decision.State == store.RMAAsked:
		add("- " + t.WaitsForAnswer(h.Decision.Note))
	case h.Decision.Note != "":
		add("- " + t.WasAnswered(h.Decision.Note))
	}
	for _, f := range h.Decision.Findings {
		problem, remedy := t.ReturnFinding(f)
		add("- " + problem)
		if remedies && remedy != "" {
			add("  " + remedy)
		}
	}
	for i, line := range h.Lines {
		out = append(out, component.Fit(t.ReviewLine(line.N, h.Items[i].Title()), w))
		why := line.Reason
		if known, ok := l.why[why]; ok {
			why = t.Reason(known)
		}
		out = append(out, component.Fit("  "+join(why, line.Note), w))
	}
	for _, g := range h.Goods {
		if g.Received > 0 {
			out = append(out, component.Fit(t.ReviewCame(g.Received, string(g.Item)), w))
		}
	}
	return append(out, th.Quiet.Render(component.Fit(join(t.ReturnWants()[h.Wants], h.Channel,
		h.Customer, h.Person.Name, store.Masked(h.Person.Phone)), w)))
}
