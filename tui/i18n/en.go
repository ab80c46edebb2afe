package i18n

import (
	"fmt"

	"scanbay/store"
)

// English is the catalogue in English.
type English struct{}

func (English) Tag() string      { return "en" }
func (English) Language() string { return "English" }

func (English) Repeat() string { return "Repeat, not counted" }
func (English) Dropped(n int, from string) string {
	return fmt.Sprintf("%d more not done. Go on from %s", n, from)
}
func (English) Seen() string { return "F2 seen" }
func (English) YesNo(same string) string {
	if same != "" {
		return "F2 or " + same + " again: yes. F4 no"
	}
	return "F2 yes  F4 no"
}
func (e English) KeyHint(key string, c Command) string { return key + " " + e.Commands()[c] }
func (English) ChooseHint() string                     { return "Press 1-9. Esc: none" }
func (English) PickHint() string                       { return "Up, Down, Enter. Esc" }
func (English) ScrollHint() string                     { return "Up, Down. Esc leaves" }
func (English) EntryHint() string                      { return "Enter takes it, Esc leaves" }
func (English) NotHere(command string) (problem, remedy string) {
	return "Not possible here: " + command, "F9 shows what is"
}
func (English) Help() []string {
	return []string{
		"Scan what the screen asks for. No label? Type its code, then Enter.",
		"ok: done. x: not done, read what to do. ?: answer. !: read it, then F2.",
	}
}
func (English) NoScans() string { return "No scans yet" }
func (English) Echo() string    { return "repeat" }
func (English) Lost() string    { return "not done" }
func (English) Unsent(n int) string {
	return fmt.Sprintf("unsent %d", n)
}
func (English) Alone() string { return "alone" }
func (English) TooSmall(w, h int) string {
	return fmt.Sprintf("Make the window larger: %d x %d", w, h)
}

// Kinds implements Tables.
func (English) Kinds() map[store.Kind]string {
	return map[store.Kind]string{
		store.ItemKind: "item", store.BinKind: "bin", store.ToteKind: "tote",
		store.CartonKind: "carton", store.SlipKind: "slip", store.OrderKind: "order",
		store.WaybillKind: "waybill", store.OperatorKind: "badge",
		store.CommandKind: "command", store.StageKind: "staging", store.LotKind: "lot",
		store.SerialKind: "serial", store.PersonKind: "customer",
		store.ReturnKind: "return", store.ParcelKind: "returned parcel",
	}
}

// Roles implements Tables.
func (English) Roles() map[store.Role]string {
	return map[store.Role]string{
		store.Picker: "picker", store.Verifier: "verifier", store.Packer: "packer",
		store.Receiver: "receiver", store.Inspector: "inspector", store.Counter: "counter",
		store.Supervisor: "supervisor", store.Administrator: "administrator",
	}
}

// Flaws implements Tables.
func (English) Flaws() map[string]string {
	return map[string]string{
		"control": "stray characters", "merged": "two labels in one",
		"partial": "a part is missing", "long": "too long", "method": "Chinese characters",
		"syntax": "not a good GS1 label", "echo": "a repeat",
		"keyboard": "caps lock, or other keys",
	}
}

// Commands implements Tables.
func (English) Commands() map[Command]string {
	return map[Command]string{
		Short: "short", Skip: "skip", Undo: "undo", Done: "done", Quantity: "quantity",
		Load: "load a truck", NotGone: "not gone", Track: "on its way", WantBack: "return request",
		Seal: "seal", Carton: "new carton", Approve: "approve", Reject: "reject",
		Help: "help", More: "more", Scans: "last scans", Language: "language",
		Back: "back", Yes: "yes", No: "no", SignOut: "sign out", Refresh: "refresh",
		Several: "several", NextJob: "next job", Cart: "cart", Fill: "fill cart", Free: "free",
		OneTote: "one tote",
		Confirm: "confirm", Up: "up", Down: "down",
		Look: "look up", Ask: "ask", Answer: "answer", TakeBack: "take back", Withdraw: "withdraw",
		PutBack: "put back", Halt: "stop it",
		Release: "release", Wave: "wave", Split: "split", Merge: "merge", Pay: "payment",
		Cancel: "cancel", Change: "change", Save: "save",
		Overrule: "overrule", Note: "note", Scrap: "scrap",
		Keeps: "customer keeps it", Settle: "was paid", Give: "give money",
		SendOff: "send off", SendBack: "send back", Parcel: "parcel",
		Reship: "send again", Signed: "signed for",
		Arrive: "arrivals", PutAside: "hold", HandBack: "hand back",
		Inspect: "inspect", Outside: "outside", Carrier: "carrier",
		Sort: "sort", Zone: "zone", Recount: "recount", Found: "found", WriteOff: "write off",
		Close: "close", CountBin: "count the bin", Card: "card", Override: "override",
		Export: "export", Span: "time",
		Unknown: "unknown", Clear: "clear", Plan: "plan", Drop: "drop",
		"digit_0": "0", "digit_1": "1", "digit_2": "2", "digit_3": "3", "digit_4": "4",
		"digit_5": "5", "digit_6": "6", "digit_7": "7", "digit_8": "8", "digit_9": "9",
		Repack: "repack", All: "all out", Weigh: "weigh", Without: "no number",
		Surplus: "too many", Doctor: "scanner doctor", Print: "print", Printers: "printers",
	}
}

// Conditions implements Tables.
func (English) Conditions() map[Condition]Trouble {
	return map[Condition]Trouble{
		DiskNearlyFull: {"disk", "Disk nearly full[: {got}]",
			"Call the supervisor to free space"},
		ScannerLost: {"scanner", "No answer from the scanner[ {got}]",
			"Check its cable or battery. You can type codes"},
		ScannerDenied: {"scanner", "No right to read the scanner[ {got}]",
			"Add user to groups input, dialout, or a udev rule"},
		PrinterDown: {"printer", "The printer does not print[: {got}]",
			"Is it on, connected, with paper? See F9, print"},
		PaperFailed: {"print", "Not printed[: {got}]", "Why, and what to do: F9, print"},
		ScaleLost: {"scale", "No answer from the scale[ {got}]",
			"Check power, cable. You can type weights"},
		ScaleDenied: {"scale", "No right to read the scale[ {got}]",
			"Add the user to the group dialout"},
		ClockOff: {"clock", "The clock is wrong[: {got}]",
			"Call the supervisor to set it"},
		LinkDown: {"offline", "No link to the server[ {got}]",
			"Go on working, all is kept and sent later"},
	}
}
