package screens

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/order"
	"scanbay/store/report"
	"scanbay/tui"
	"scanbay/tui/i18n"
)

// deciding is what a supervisor can do about an order that is looked at.
type deciding struct {
	sh *tui.Shell
	report.OrderCard
	mates []order.Mate
	again func() tea.Cmd // looks anew
}

// keys are the commands that fit where the order stands; those without a key are on
// the sheet of commands.
func (d *deciding) keys() (out []tui.Binding) {
	add := func(when bool, key string, c i18n.Command, do func() tea.Cmd) {
		if when {
			out = append(out, tui.Binding{Key: key, Command: c, Do: do})
		}
	}
	asked := len(d.Asked) > 0 && d.Asked[len(d.Asked)-1].Answer == ""
	held, locked := d.State == store.Held, d.State == store.LockedOrder
	free := held || locked || d.State == store.Confirmed || d.State == store.Received
	begun, slip := d.slip()
	atWork := d.atWork()
	add(asked, "f3", i18n.Answer, d.answer)
	add(held, "f5", i18n.Approve, d.reasoned(store.OverrideReason, i18n.Text.ApproveTitle,
		order.Approve, i18n.Text.Approved))
	add(held, "f6", i18n.Reject, d.reasoned(store.HoldReason, i18n.Text.RejectTitle,
		order.Reject, i18n.Text.Rejected))
	add(held, "f2", i18n.Ask, d.ask)
	add(locked, "f5", i18n.Release, d.release)
	add(!held && free && slip == "" && !begun, "f6", i18n.TakeBack,
		d.reasoned(store.HoldReason, i18n.Text.WhyBack, order.TakeBack, i18n.Text.TakenBackNow))
	add(d.State == store.Rejected, "f6", i18n.TakeBack,
		d.reasoned(store.HoldReason, i18n.Text.WhyBack, order.TakeBack, i18n.Text.TakenBackNow))
	add(slip != "" && !begun, "f6", i18n.Withdraw, func() tea.Cmd { return d.withdraw(slip) })
	add(atWork != "" && free, "f6", i18n.Halt, func() tea.Cmd { return d.intercept(atWork) })
	add(free && (!begun || atWork != ""), "", i18n.Change, d.change)
	add(free && !begun && !held && len(d.Lines) > 1, "", i18n.Split, d.split)
	add(free && !begun && !held, "", i18n.Merge, d.merge)
	add(d.State != store.Rejected, "", i18n.Pay, d.pay)
	add(free, "", i18n.Cancel, d.cancel)
	return out
}

// slip is the slip of the order that nobody began, and whether another was begun.
func (d *deciding) slip() (begun bool, id store.SlipID) {
	for _, s := range d.Slips {
		switch s.State() {
		case store.SlipWithdrawn, store.SlipStopped:
		case store.SlipReleasedState:
			id = s.ID
		default:
			begun = true
		}
	}
	return begun, id
}

// atWork is a slip of the order that somebody began, and that has not left; empty for none.
func (d *deciding) atWork() (id store.SlipID) {
	for _, s := range d.Slips {
		switch s.State() {
		case store.SlipPicking, store.SlipPicked, store.SlipPacking, store.SlipPacked,
			store.SlipPartShipped:
			id = s.ID
		}
	}
	return id
}

func (d *deciding) by() store.Gesture { return d.sh.By(scanner.Scan{Source: keyed}) }

// do runs an operation on the order, says what came of it, and looks anew.
func (d *deciding) do(op func(context.Context) error, said string) tea.Cmd {
	return tui.Do(d.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, op(ctx)
	}, func(struct{}) tea.Cmd {
		d.sh.Tell(said)
		return d.again()
	})
}

// A decision of a supervisor on an order needs a reason.
type decision func(context.Context, *store.Store, store.Gesture, store.OrderID, string) error

// reasoned asks for a reason, and decides.
func (d *deciding) reasoned(use store.ReasonUse, title func(i18n.Text) string, decide decision,
	say func(i18n.Text, string) string) func() tea.Cmd {
	return func() tea.Cmd {
		return because(d.sh, use, title(d.sh.Text), func(reason string) tea.Cmd {
			by := d.by()
			return d.do(func(ctx context.Context) error {
				return decide(ctx, d.sh.Store, by, d.ID, reason)
			}, say(d.sh.Text, d.PlatformNo))
		})
	}
}

func (d *deciding) ask() tea.Cmd {
	return d.sh.Enter(tui.Entry{Title: d.sh.Text.AskQuestion(), Take: func(text string) tea.Cmd {
		if text == "" {
			return nil
		}
		by := d.by()
		return d.do(func(ctx context.Context) error {
			return order.Ask(ctx, d.sh.Store, by, d.ID, text)
		}, d.sh.Text.Asked())
	}})
}

func (d *deciding) answer() tea.Cmd {
	title := d.sh.Text.AskAnswer(d.Asked[len(d.Asked)-1].Text)
	return d.sh.Enter(tui.Entry{Title: title, Take: func(text string) tea.Cmd {
		if text == "" {
			return nil
		}
		by := d.by()
		return d.do(func(ctx context.Context) error {
			return order.Answer(ctx, d.sh.Store, by, d.ID, text)
		}, d.sh.Text.Answered())
	}})
}

func (d *deciding) release() tea.Cmd {
	by := d.by()
	return d.do(func(ctx context.Context) error {
		return order.Unlock(ctx, d.sh.Store, by, d.ID)
	}, d.sh.Text.ReleasedNow(d.PlatformNo))
}

func (d *deciding) withdraw(slip store.SlipID) tea.Cmd {
	return because(d.sh, store.HoldReason, d.sh.Text.WhyWithdraw(), func(reason string) tea.Cmd {
		by := d.by()
		return d.do(func(ctx context.Context) error {
			return order.Withdraw(ctx, d.sh.Store, by, slip, reason)
		}, d.sh.Text.WithdrawnNow(slip))
	})
}

// intercept stops a slip that somebody began, once a supervisor has said why and that they
// mean it.
func (d *deciding) intercept(id store.SlipID) tea.Cmd {
	t := d.sh.Text
	i := slices.IndexFunc(d.Slips, func(s store.Slip) bool { return s.ID == id })
	state := t.SlipStates()[d.Slips[i].State()]
	return because(d.sh, store.HoldReason, t.WhyWithdraw(), func(reason string) tea.Cmd {
		by := d.by()
		by.Yes = true
		return d.sh.Ask(tui.Question{Text: t.AskIntercept(string(id), state), Yes: func() tea.Cmd {
			return d.do(func(ctx context.Context) error {
				return order.Withdraw(ctx, d.sh.Store, by, id, reason)
			}, t.InterceptedNow(id))
		}})
	})
}

func (d *deciding) pay() tea.Cmd {
	t := d.sh.Text
	title := t.AskAmount(d.Due() - d.Paid)
	return d.sh.Enter(tui.Entry{Title: title, Take: func(text string) tea.Cmd {
		amount, no, _ := strings.Cut(text, " ")
		sum, ok := store.ParseMoney(amount)
		if !ok || sum <= 0 {
			d.sh.Note(t.BadAmount(text))
			return nil
		}
		by := d.by()
		return d.do(func(ctx context.Context) error {
			return order.Pay(ctx, d.sh.Store, by, store.Payment{Order: d.ID, Of: store.MoneyIn,
				Amount: sum, ID: strings.TrimSpace(no)})
		}, t.PaidNow(d.PlatformNo, sum))
	}})
}

// line asks for a line of the order.
func (d *deciding) line(then func(l store.OrderLine) tea.Cmd) tea.Cmd {
	var options []string
	for _, l := range d.Lines {
		options = append(options, d.sh.Text.LineOption(l))
	}
	return d.sh.Choose(tui.Choice{Title: d.sh.Text.WhichLine(), Options: options,
		Pick: func(i int) tea.Cmd { return then(d.Lines[i]) }})
}

// pieces asks for a number of pieces.
func (d *deciding) pieces(most store.Qty, then func(n store.Qty) tea.Cmd) tea.Cmd {
	return d.sh.Enter(tui.Entry{Title: d.sh.Text.HowMany(most), Number: true,
		Take: func(text string) tea.Cmd {
			n, ok := wholeNumber(text)
			if !ok {
				d.sh.Note(d.sh.Text.HowMany(most))
				return nil
			}
			return then(n)
		}})
}

func (d *deciding) cancel() tea.Cmd {
	return d.line(func(l store.OrderLine) tea.Cmd {
		return d.pieces(l.Net(), func(n store.Qty) tea.Cmd {
			by := d.by()
			return d.do(func(ctx context.Context) error {
				return order.Cut(ctx, d.sh.Store, by, order.Cutback{Order: d.ID,
					Lines: []store.Cut{{Line: l.Line, N: n, Seen: l.Net()}}, Reason: "customer"})
			}, d.sh.Text.CutNow(n))
		})
	})
}

func (d *deciding) split() tea.Cmd {
	return d.line(func(l store.OrderLine) tea.Cmd {
		by := d.by()
		return d.do(func(ctx context.Context) error {
			return order.Split(ctx, d.sh.Store, by, d.ID, []int64{l.Line})
		}, d.sh.Text.SplitNow(d.PlatformNo))
	})
}

func (d *deciding) merge() tea.Cmd {
	if len(d.mates) == 0 {
		d.sh.Note(d.sh.Text.NoMate())
		return nil
	}
	var options []string
	for _, m := range d.mates {
		options = append(options, m.PlatformNo)
	}
	return d.sh.Choose(tui.Choice{Title: d.sh.Text.WhichMate(), Options: options,
		Pick: func(i int) tea.Cmd {
			by, m := d.by(), d.mates[i]
			return d.do(func(ctx context.Context) error {
				return order.Merge(ctx, d.sh.Store, by, []store.OrderID{d.ID, m.ID})
			}, d.sh.Text.MergedNow(m.PlatformNo))
		}})
}

// change asks which field is to be another, and what it is to be.
func (d *deciding) change() tea.Cmd {
	t, fields := d.sh.Text, order.Editable
	var options []string
	for _, f := range fields {
		options = append(options, t.Fields()[f])
	}
	return d.sh.Choose(tui.Choice{Title: t.WhichField(), Options: options,
		Pick: func(i int) tea.Cmd {
			switch fields[i] {
			case "line":
				return d.changeLine()
			case "mode":
				return d.changeMode()
			}
			title := t.NewValue(t.Fields()[fields[i]], order.ValueOf(d.OrderCard.Order, d.Person,
				fields[i]))
			return d.sh.Enter(tui.Entry{Title: title, Take: func(text string) tea.Cmd {
				if text == "" && fields[i] != "seller_remark" {
					return nil // nothing was meant
				}
				return d.request(order.Edit{Field: fields[i], Text: text})
			}})
		}})
}

func (d *deciding) changeMode() tea.Cmd {
	var options []string
	for _, m := range store.Deliveries {
		options = append(options, d.sh.Text.Deliveries()[m])
	}
	return d.sh.Choose(tui.Choice{Title: d.sh.Text.Fields()["mode"], Options: options,
		Pick: func(i int) tea.Cmd {
			return d.request(order.Edit{Field: "mode", Text: string(store.Deliveries[i])})
		}})
}

func (d *deciding) changeLine() tea.Cmd {
	return d.line(func(l store.OrderLine) tea.Cmd {
		const most = 1_000_000
		return d.pieces(most, func(n store.Qty) tea.Cmd {
			return d.request(order.Edit{Field: "line", Line: l.Line, N: n})
		})
	})
}

func (d *deciding) request(e order.Edit) tea.Cmd {
	by := d.by()
	return d.do(func(ctx context.Context) error {
		return order.Request(ctx, d.sh.Store, by, d.ID, e)
	}, d.sh.Text.Requested())
}
