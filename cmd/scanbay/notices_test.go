package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"scanbay/store"
	"scanbay/store/shipping"
	"scanbay/store/sqlite"
	"scanbay/store/storetest"
	"scanbay/tui/i18n"
)

// owesWord makes a site at path whose customers wait for word of every kind.
func owesWord(t *testing.T, path string) {
	t.Helper()
	t.Run("site", func(t *testing.T) { // the file is whole once it is closed
		s := storetest.Open(t, func(ctx context.Context, _ string) (*store.DB, error) {
			return sqlite.Open(ctx, path)
		}, "s1")
		s.Record(storetest.Warehouse()...)
		must(t, s.WriteMany(t.Context(), store.Gesture{}, func(tx *store.Tx) error {
			return tx.KeepRecipient(store.Recipient{ID: "r1", Name: "=张\x1b[2J三",
				Phone: "13800004417"})
		}))
		at := storetest.Noon.UnixMilli()
		asked := func(n int, how store.ReturnHow, wants store.ReturnWants) store.RMAID {
			id := store.RMAID(fmt.Sprint("TH", n))
			s.Record(store.ReturnRequested{RMA: store.RMA{ID: id, Recipient: "r1", Channel: "uk",
				How: how, Wants: wants, Source: fmt.Sprint("R-", n), Asked: true, Placed: at}})
			return id
		}
		decided := func(id store.RMAID, state store.RMAState, note string, rules ...string) {
			at += 60_000
			e := store.ReturnDecided{RMA: id, State: state, Note: note, At: at}
			for _, r := range rules {
				e.Findings = append(e.Findings, store.Finding{Rule: r, Line: 1, Want: "<= 7",
					Got: "8"})
			}
			s.Record(e)
		}
		decided(asked(1, store.ByCourier, ""), store.RMAApproved, "")
		decided(asked(2, store.ByPickUp, ""), store.RMAApproved, "")
		decided(asked(3, store.AtShop, ""), store.RMAApproved, "")
		decided(asked(4, store.ByCourier, ""), store.RMARejected, "", "days", "amount", "days")
		decided(asked(5, store.ByCourier, ""), store.RMARejected, "no")
		decided(asked(6, store.ByCourier, ""), store.RMAAsked, "哪个订单？")
		decided(asked(7, store.ByCourier, ""), store.RMAAsked, "?")
		s.Record(store.ReturnAnswered{RMA: "TH7", Answer: "P-1", At: at})
		came := storetest.Back(storetest.Came{RMA: "TH-S1-8", Order: "1", Line: 1, N: 1,
			Item: "CUP-02", At: storetest.Noon.Add(time.Hour)})
		at += 2 * 3600_000
		s.Record(append(came,
			store.RefundDue{ID: "a", RMA: "TH-S1-8", Order: "1", Amount: 25_000, At: at},
			store.RefundDue{ID: "b", RMA: "TH-S1-8", Order: "2", Amount: 90_0000, At: at,
				Currency: "GBP"})...)
		decided("TH-S1-8", store.RMAApproved, "ok")
		for n, wants := range []store.ReturnWants{store.WantsExchange, store.WantsRepair} {
			o := storetest.Ordered(store.OrderID(fmt.Sprint("SO", n)), "CUP-02", 1)
			o.Placed = at + int64(2+n)*60_000
			s.Record(store.ExchangeOrdered{RMA: asked(9+n, store.ByCourier, wants), Order: o.Order})
		}
	})
}

func TestCustomersAreTold(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	owesWord(t, db)
	noticed := func(args string) (out, err string) {
		var o, e bytes.Buffer
		line := append([]string{"--lang", "en", "notices", "--db", db}, strings.Fields(args)...)
		if code := run(t.Context(), line, &console{Out: &o, Err: &e, Text: i18n.English{},
			Now: func() time.Time { return storetest.Noon.Add(24 * time.Hour) }}); code != 0 {
			t.Errorf("%s ends with %d: %s", args, code, e.String())
		}
		return o.String(), e.String()
	}
	text, _ := noticed("")
	const first = "TH1  2026-03-01 12:01  uk  =张"
	if !strings.HasPrefix(text, first) || strings.Contains(text, "\x1b") {
		t.Errorf("%q", text)
	}
	table, _ := noticed("--csv")
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	must(t, err)
	if len(rows) != 13 || rows[1][4][:2] != "'=" || !strings.Contains(rows[1][4], "张") {
		t.Errorf("%d rows: %q", len(rows), rows[1])
	}
	lines, said := noticed("--sent --json")
	var got []string
	for line := range strings.Lines(lines) {
		var n notice
		must(t, json.Unmarshal([]byte(line), &n))
		got = append(got, n.Zh, n.En)
	}
	if diff := cmp.Diff(told, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(said, "12 notices") {
		t.Error(said)
	}
	if rest, _ := noticed(""); rest != "No customer waits for word.\n" {
		t.Errorf("told twice: %s", rest)
	}
	if rest, _ := noticed("--json"); rest != "" {
		t.Errorf("told twice: %s", rest)
	}
}

// TestBuyersAreTold of what becomes of their orders, in both languages.
func TestBuyersAreTold(t *testing.T) {
	db := filepath.Join(t.TempDir(), "bay.db")
	siteAt(t, db, []store.Event{storetest.Has("A-01-01", "TEA-500", 9),
		store.SettingSet{Name: store.OrderNotices, Value: "on"},
		storetest.Ordered("1", "TEA-500", 2)}, func(s *storetest.Site) {
		s.Plan()
		s.Through("101")
		for _, state := range []store.ShipmentState{store.ShipDelayed, store.ShipDelivered} {
			s.Must(shipping.Track(t.Context(), s.Store, store.Gesture{}, store.Tracking{
				Waybill: "SF0000000000001", State: state, Place: "武汉"}))
		}
		const here = "CK26030100001-2-S1"
		s.Record(store.ItemPacked{Slip: "CK26030100001", Line: 1, Carton: here,
			Batch: store.Batch{Item: "TEA-500"}, From: "tote/T-1",
			Opens: &store.Carton{ID: here, Slip: "CK26030100001", N: 2},
			Waybill: &store.Waybill{No: "SF0000000000009", Slip: "CK26030100001", Carrier: "SF",
				Carton: here, State: store.WaybillAssigned}})
	})
	said, code := commanded(t, "en", "notices", "--db", db)
	if strings.Contains(said, "SF0000000000009") {
		t.Errorf("told of a parcel that is here:\n%s", said)
	}
	for _, want := range []string{"P-1  2026-03-01 12:00", "您的订单 P-1 已确认，正在备货。",
		"您的订单 P-1 已发货，SF 运单号 SF0000000000001。", "您的订单 P-1 的包裹有延误：武汉。",
		"您的订单 P-1 已送达。", "Your order P-1 is confirmed. We get it ready.",
		"Your order P-1 is on its way by SF SF0000000000001.",
		"Your order P-1 is late on its way: 武汉.", "Your order P-1 was delivered."} {
		if code != 0 || !strings.Contains(said, want) {
			t.Errorf("%d, no %q in\n%s", code, want, said)
		}
	}
}

// TestCentralTellsCustomers: its database is its own, so it is asked.
func TestCentralTellsCustomers(t *testing.T) {
	folder := t.TempDir()
	db, admin := filepath.Join(folder, "central.db"), filepath.Join(folder, "admin")
	owesWord(t, db)
	s, _, err := site{DB: db, Zone: "UTC"}.open(t.Context(), time.Now)
	must(t, err)
	defer s.Close()
	h := &house{stores: []*store.Store{s}, secret: "x", log: slog.New(slog.DiscardHandler)}
	server := httptest.NewServer(h.admin(h.administer))
	defer server.Close()
	must(t, writeSecret(admin, adminKey{URL: server.URL, Secret: "x"}))
	for _, step := range []struct {
		args string
		code int
		says []string
	}{
		{"", 0, []string{"TH1", "order SO1."}}, {"--sent", 0, []string{"TH1", "12 notices"}},
		{"", 0, []string{"No customer waits"}},
		{"--warehouse BJ9", exitFailed, []string{"BJ9"}},
	} {
		var out bytes.Buffer
		line := append([]string{"--lang", "en", "notices", "--central", server.URL, "--admin",
			admin}, strings.Fields(step.args)...)
		code := run(t.Context(), line, &console{Out: &out, Err: &out, Now: time.Now})
		for _, want := range step.says {
			if code != step.code || !strings.Contains(out.String(), want) {
				t.Errorf("%s: %d: %s", step.args, code, out.String())
			}
		}
	}
}

// told is what the customers hear, in both languages.
var told = []string{
	"您的退货 TH1 (R-1) 已通过审核。请寄回商品，并在包裹内注明此单号。",
	"Your return TH1 (R-1) is approved. Send the goods, with this number in the parcel.",
	"您的退货 TH2 (R-2) 已通过审核。请备好商品并附上此单号，我们上门取件。",
	"Your return TH2 (R-2) is approved. Keep the goods ready, with this number; they are fetched.",
	"您的退货 TH3 (R-3) 已通过审核。请带上商品和此单号到门店办理。",
	"Your return TH3 (R-3) is approved. Bring the goods and this number.",
	"您的退货 TH4 (R-4) 未通过审核：签收 8 天，限 7 天。如有疑问请联系客服。",
	"We cannot take your return TH4 (R-4) back: 8 days since it was signed for, at most 7. " +
		"Ask us if you have questions.",
	"您的退货 TH5 (R-5) 未通过审核。如有疑问请联系客服。",
	"We cannot take your return TH5 (R-5) back. Ask us if you have questions.",
	"关于您的退货 TH6 (R-6)，请回复：哪个订单？",
	"A question on your return TH6 (R-6): 哪个订单？",
	"关于您的退货 TH7 (R-7) 的问题已得到答复。",
	"Our question on your return TH7 (R-7) is answered.",
	"您退货 TH-S1-8 的商品已收到，正在质检。",
	"The goods of your return TH-S1-8 are here. We look at them now.",
	"您的退货 TH-S1-8 共退款 2.5 + 90 GBP。",
	"For your return TH-S1-8 you get 2.5 + 90 GBP back.",
	"您的退货 TH-S1-8 已通过审核。",
	"Your return TH-S1-8 is approved.",
	"您退货 TH9 (R-9) 的换货订单 SO0 将为您发出。",
	"In exchange for your return TH9 (R-9), order SO0 goes out.",
	"您退货 TH10 (R-10) 的商品已修好，由订单 SO1 寄回。",
	"The repaired goods of your return TH10 (R-10) go out by order SO1.",
}

func TestNoticesNeedADatabase(t *testing.T) {
	folder := t.TempDir()
	for _, args := range []string{"", "--sent"} {
		var out bytes.Buffer
		line := append([]string{"--lang", "en", "notices", "--db", folder + "/none.db"},
			strings.Fields(args)...)
		code := run(t.Context(), line, &console{Out: &out, Err: &out, Now: time.Now})
		if code != exitFailed || !strings.Contains(out.String(), "none.db") {
			t.Errorf("%s: %d: %s", args, code, out.String())
		}
	}
	if left, err := filepath.Glob(folder + "/*"); err != nil || len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
