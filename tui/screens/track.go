package screens

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"scanbay/scanner"
	"scanbay/store"
	"scanbay/store/shipping"
	"scanbay/tui"
)

// track takes down what somebody says of a parcel on its way: which, what, and where or why.
func (l *Look) track() tea.Cmd {
	slips, t := l.gone(), l.sh.Text
	return tui.Do(l.sh, func(ctx context.Context) (out []store.Waybill, err error) {
		return out, l.sh.Store.Read(ctx, func(r *store.Reader) error {
			for _, id := range slips {
				some, err := r.WaybillsOf(id)
				if err != nil {
					return err
				}
				out = append(out, some...)
			}
			return nil
		})
	}, func(all []store.Waybill) tea.Cmd {
		switch len(all) {
		case 0:
			l.sh.Warn(&store.Refusal{Code: store.WaybillNeeded, Want: string(slips[0])})
			return nil
		case 1:
			return l.moved(all[0].No)
		}
		var options []string
		for _, w := range all {
			options = append(options, string(w.No))
		}
		return l.sh.Choose(tui.Choice{Title: t.MoveOf(), Options: options,
			Pick: func(i int) tea.Cmd { return l.moved(all[i].No) }})
	})
}

// moved asks what is said of a parcel.
func (l *Look) moved(no store.WaybillNo) tea.Cmd {
	t := l.sh.Text
	var options []string
	for _, s := range store.ShipmentStates {
		options = append(options, t.ShipmentStates()[s])
	}
	return l.sh.Choose(tui.Choice{Title: t.MoveTitle(), Head: []string{string(no)},
		Options: options,
		Pick: func(i int) tea.Cmd {
			m := store.Tracking{Waybill: no, State: store.ShipmentStates[i], Source: keyed}
			return l.sh.Enter(tui.Entry{Title: t.MovePlace(), Take: func(text string) tea.Cmd {
				m.Note = text
				return l.keep(m)
			}})
		}})
}

func (l *Look) keep(m store.Tracking) tea.Cmd {
	by := l.sh.By(scanner.Scan{Source: keyed})
	return tui.Do(l.sh, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, shipping.Track(ctx, l.sh.Store, by, m)
	}, func(struct{}) tea.Cmd {
		t := l.sh.Text
		l.sh.Tell(t.MoveKept(m.Waybill, t.ShipmentStates()[m.State]))
		return l.Open()
	})
}
