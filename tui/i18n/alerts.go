package i18n

import (
	"cmp"
	"fmt"

	"scanbay/store"
)

// AlertsText is said where somebody is warned.
type AlertsText interface {
	HomeAlerts(n int) string
	AlertsTitle(n int) string
	AlertsNone() string
	AlertsHint() string
	AlertsLook() string         // what the alert is about
	AlertsFor(days int) string  // it is quiet, once it was seen
	AlertsSeen(days int) string // said of that
	AlertsAsk() string
	AlertKinds() map[store.AlertKind]string
	AlertLevels() map[store.AlertLevel]string
	Alert(a store.Alert) Words // what is wrong, and what to do
	AlertSince(at string) string
	AlertBy(name, until string) string // who has seen it, and until when it is quiet
}

// AlertAbout is what an alert is about, in few words.
func AlertAbout(a store.Alert) string {
	switch a.Kind {
	case store.LowStock:
		return a.Title
	case store.Expiring:
		return a.Title + " " + string(a.Lot)
	case store.OldVariance, store.OldDisc: // nobody knows their numbers
		return cmp.Or(alertAt(a), string(a.Item))
	case store.Uncounted:
		return cmp.Or(a.Place.Code(), a.Ref)
	}
	return a.Ref
}

// alertAt is where a discrepancy is, or what it is of; empty where nobody knows.
func alertAt(a store.Alert) string { return cmp.Or(a.Place.Code(), string(a.Slip), a.About) }

// after puts a text behind what comes before it; nothing where there is none.
func after(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
}

// ofClass names a class of items; it is empty where there is none.
func ofClass(before, class, behind string) string {
	if class == store.NoClass {
		return ""
	}
	return before + class + behind
}

func (English) HomeAlerts(n int) string  { return "Alerts    " + waiting(n) }
func (English) AlertsTitle(n int) string { return fmt.Sprintf("Alerts: %d", n) }
func (English) AlertsNone() string       { return "Nothing to be warned of." }
func (English) AlertsHint() string       { return "Enter look, seen" }
func (English) AlertsLook() string       { return "Look at it" }
func (English) AlertsAsk() string        { return "What about this alert?" }
func (English) AlertsFor(days int) string {
	if days == 1 {
		return "Quiet for a day"
	}
	return fmt.Sprintf("Quiet: %d days", days)
}
func (English) AlertsSeen(days int) string {
	if days == 1 {
		return "Quiet for a day, unless it gets worse"
	}
	return fmt.Sprintf("Quiet for %d days, unless it gets worse", days)
}
func (English) AlertSince(at string) string       { return "Since " + at }
func (English) AlertBy(name, until string) string { return name + " has seen it, until " + until }

// AlertKinds implements AlertsText.
func (English) AlertKinds() map[store.AlertKind]string {
	return map[store.AlertKind]string{store.LowStock: "low", store.Expiring: "expiry",
		store.LateSlip: "late", store.Uncounted: "count", store.OldVariance: "variance",
		store.OldDisc: "differs"}
}

// AlertLevels implements AlertsText.
func (English) AlertLevels() map[store.AlertLevel]string {
	return map[store.AlertLevel]string{store.AlertNear: "soon", store.AlertNow: "now",
		store.AlertWorst: "worst"}
}

// Alert implements AlertsText.
func (e English) Alert(a store.Alert) Words {
	switch a.Kind {
	case store.LowStock:
		said := fmt.Sprintf("%d available of %s, reorder point %d.", a.N, a.Item, a.Want)
		if a.Level > store.AlertNear && a.N < a.Want {
			said = fmt.Sprintf("%d available of %s, safety stock %d.", a.N, a.Item, a.Want)
		}
		return Words{said, "Order more, or put away what has come."}
	case store.Expiring:
		said := fmt.Sprintf("%d of lot %s in %s: expires %s.", a.N, a.Lot, a.Place.Code(), a.Ends)
		switch a.Level {
		case store.AlertWorst:
			return Words{said, "Take it out of its bin: it is not shipped any more."}
		case store.AlertNow:
			return Words{said, "Too late to ship. Sell it otherwise, or take it out."}
		}
		return Words{said, "Sell it first."}
	case store.LateSlip:
		said := fmt.Sprintf("%s has not left: %d pieces.", a.Ref, a.N)
		if a.Level == store.AlertNear {
			return Words{said, "Pick and pack it next."}
		}
		return Words{said, "It is late. See who has it, tell the customer."}
	case store.Uncounted:
		return Words{fmt.Sprintf("%d bins%s were not counted for %d days. The first: %s.", a.N,
			ofClass(" of class ", a.Ref, ""), a.Want, a.Place.Code()),
			"Plan counts, and have them counted."}
	case store.OldVariance:
		return Words{"A count of " + a.Place.Code() + " waits for approval.",
			"Approve it in the queue, or have it counted again."}
	}
	said := e.Discrepancies()[store.DiscKind(a.Of)]
	if a.Place != "" {
		said += " at " + a.Place.Code()
	} else {
		said += after(", ", alertAt(a))
	}
	if a.Item != "" {
		said += fmt.Sprintf(": %d %s", a.N, a.Item)
	}
	return Words{said + ".", "Decide on it in the queue."}
}

func (Chinese) HomeAlerts(n int) string   { return "预警      " + waiting(n) }
func (Chinese) AlertsTitle(n int) string  { return fmt.Sprintf("预警：%d", n) }
func (Chinese) AlertsNone() string        { return "没有预警。" }
func (Chinese) AlertsHint() string        { return "Enter 查看、知道了" }
func (Chinese) AlertsLook() string        { return "查看" }
func (Chinese) AlertsAsk() string         { return "这条预警怎么办？" }
func (Chinese) AlertsFor(days int) string { return fmt.Sprintf("%d天内不提醒", days) }
func (Chinese) AlertsSeen(days int) string {
	return fmt.Sprintf("%d天内不再提醒，变严重除外", days)
}
func (Chinese) AlertSince(at string) string {
	return at + " 起"
}
func (Chinese) AlertBy(name, until string) string { return name + " 已知，至 " + until }

// AlertKinds implements AlertsText.
func (Chinese) AlertKinds() map[store.AlertKind]string {
	return map[store.AlertKind]string{store.LowStock: "低库存", store.Expiring: "效期",
		store.LateSlip: "超时", store.Uncounted: "未盘", store.OldVariance: "盘差",
		store.OldDisc: "差异"}
}

// AlertLevels implements AlertsText.
func (Chinese) AlertLevels() map[store.AlertLevel]string {
	return map[store.AlertLevel]string{store.AlertNear: "将到", store.AlertNow: "已到",
		store.AlertWorst: "严重"}
}

// Alert implements AlertsText.
func (c Chinese) Alert(a store.Alert) Words {
	switch a.Kind {
	case store.LowStock:
		said := fmt.Sprintf("%s 可用 %d 件，补货点 %d。", a.Item, a.N, a.Want)
		if a.Level > store.AlertNear && a.N < a.Want {
			said = fmt.Sprintf("%s 可用 %d 件，安全库存 %d。", a.Item, a.N, a.Want)
		}
		return Words{said, "请补货，或把到货上架。"}
	case store.Expiring:
		said := fmt.Sprintf("货位 %s 批次 %s %d 件，%s 到期。", a.Place.Code(), a.Lot, a.N, a.Ends)
		switch a.Level {
		case store.AlertWorst:
			return Words{said, "已过期，请下架。"}
		case store.AlertNow:
			return Words{said, "已过停发日，请另行处理或下架。"}
		}
		return Words{said, "请优先卖出。"}
	case store.LateSlip:
		said := fmt.Sprintf("%s 未发走，%d 件。", a.Ref, a.N)
		if a.Level == store.AlertNear {
			return Words{said, "请先拣、先打包。"}
		}
		return Words{said, "已超时，请查在谁手里，并告知客户。"}
	case store.Uncounted:
		return Words{fmt.Sprintf("%s%d 个货位超过 %d 天未盘，最久：%s。", ofClass("", a.Ref, " 类 "),
			a.N, a.Want, a.Place.Code()), "请安排盘点。"}
	case store.OldVariance:
		return Words{"货位 " + a.Place.Code() + " 的盘点差异等待批准。", "请到待处理批准，或要求重盘。"}
	}
	said := c.Discrepancies()[store.DiscKind(a.Of)] + after(" ", alertAt(a))
	if a.Item != "" {
		said += fmt.Sprintf("：%s %d 件", a.Item, a.N)
	}
	return Words{said + "。", "请到待处理裁定。"}
}
