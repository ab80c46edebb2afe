package i18n

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"scanbay/store"
	"scanbay/store/stocktake"
)

// QueueText is said of the cases that wait for a supervisor.
type QueueText interface {
	HomeQueue(n int) string // below zero is not read yet
	QueueTitle(n int) string
	QueueNone() string
	QueueNothing() string // of the kind and zone that are chosen
	QueueAll() string
	QueueSorted(worth bool) string
	QueueZones() string
	QueueEverywhere() string
	QueueWorth(worth store.Money) string
	QueueHint() string
	CaseKinds() map[stocktake.CaseKind]string
	Zone(name string) string
}

// CaseText is said of one case: what is known of it, and what came of it.
type CaseText interface {
	VarianceWhy(f store.Finding) string // why a person decides
	VarianceStates() map[store.VarianceState]string
	DiscEnds() map[store.DiscEnd]string

	CaseSummary() string
	CaseCount(round int) string // 1 is the first
	CaseTimeline() string
	CaseBy(name, at string) string   // who counted, until when
	CaseTold(name, at string) string // who reported it
	CaseKnew(rev int64) string
	CaseAsBook() string
	CaseLine(low, high, n, off store.Qty) string
	CaseMoved() string
	CaseMove(n store.Qty, what string, unseen bool) string
	CaseCode(code string, n store.Qty, is string) string // is: an item, or nothing yet
	CaseMissing(n store.Qty, item string) string
	CaseApproved(name, cause string) string
	CaseHint() string
	CaseScan(code string) string // the item that a code is

	CaseMatched(code, item string) string
	CaseUnmatched(n int) []string
	CaseCause() string
	CaseNote() string
	CaseWhyAgain() string
	CaseWhyStands() string
	CaseAdjusted(what string) string
	CaseFirst() string // of two approvals
	CaseAgain(what string) string
	CaseStands(what string) string
	CaseEnded(what string, as store.DiscEnd) string
	CasePlanned(bin string) string
	CaseListed() string  // the remedy: it is to be counted already
	CaseOther() string   // the remedy: another decides
	CaseKnown() string   // the remedy: every code has its item
	CaseSerials() string // the remedy: several pieces of one code have a serial each
	CaseFoundIn() string // asks for the bin in which it lies again

	NoteMissing(n store.Qty) string // of a short pick: so many are looked for
	NoteEmpty(empty bool) string    // of a bin that the book had otherwise
	NoteBatches(n store.Qty) string // of what a tote lacked
	NoteGrams(got, want string) string
}

// NoteOf is the note of a discrepancy, where that is one of those that the floor's own
// operations write, in words of the language; else as it is.
func NoteOf(t Text, note string) string {
	first, rest, _ := strings.Cut(note, " ")
	n, err := strconv.ParseInt(rest, 10, 64)
	switch {
	case first == "missing" && err == nil:
		return t.NoteMissing(store.Qty(n))
	case note == "empty true" || note == "empty false":
		return t.NoteEmpty(rest == "true")
	case first == "grams" && strings.Contains(rest, "/"):
		got, want, _ := strings.Cut(rest, "/")
		return t.NoteGrams(got, want)
	case note == store.NoteSmall:
		return t.NoteSmall()
	case note == "sign_off":
		return t.NoteSigned()
	case signedNote.MatchString(note):
		m := signedNote.FindStringSubmatch(note)
		return t.NoteSignOff(m[2], m[1], m[3], m[4], m[5])
	case rest == "batches":
		if n, err = strconv.ParseInt(first, 10, 64); err == nil {
			return t.NoteBatches(store.Qty(n))
		}
	}
	return note
}

// signedNote is what was signed for of what left: short, over and damaged.
var signedNote = regexp.MustCompile(`^(\d+)/(\d+) -(\d+) \+(\d+) !(\d+)$`)

// bookOf is what a book had, where it may have moved.
func bookOf(low, high store.Qty) string {
	if low == high {
		return low.String()
	}
	return fmt.Sprintf("%d..%d", low, high)
}

// signed is a number with its sign.
func signed(n store.Qty) string { return fmt.Sprintf("%+d", n) }

func (English) HomeQueue(n int) string  { return "Queue     " + waiting(n) }
func (English) QueueTitle(n int) string { return fmt.Sprintf("Queue: %d", n) }
func (English) QueueNone() string       { return "Nothing waits for you." }
func (English) QueueNothing() string    { return "None of these. Left, Right: other kinds" }
func (English) QueueAll() string        { return "all" }
func (English) QueueSorted(worth bool) string {
	if worth {
		return "by value"
	}
	return "by age"
}
func (English) QueueZones() string      { return "Which zone?" }
func (English) QueueEverywhere() string { return "All zones" }
func (English) QueueWorth(worth store.Money) string {
	return fmt.Sprintf("worth %s", worth)
}
func (English) QueueHint() string { return "Enter opens it. Left, Right: kinds" }
func (English) Zone(name string) string {
	if name == "" {
		return "no zone"
	}
	return "zone " + name
}

// CaseKinds implements QueueText.
func (English) CaseKinds() map[stocktake.CaseKind]string {
	return map[stocktake.CaseKind]string{stocktake.CaseVariance: "count",
		stocktake.CaseOutbound: "outbound", stocktake.CaseReturned: "came back",
		stocktake.CaseStations: "stations", stocktake.CaseOrder: "order",
		stocktake.CaseRMA: "return"}
}

// VarianceWhy implements CaseText.
func (English) VarianceWhy(f store.Finding) string {
	switch f.Rule {
	case stocktake.WhyMoved:
		return "The book moved meanwhile: " + f.Got
	case stocktake.WhyUnknown:
		return "Nobody knows the code " + f.Got
	case stocktake.WhyNew:
		return "The book has none there: " + f.Got
	case stocktake.WhyOff:
		return "More than is tolerated"
	case stocktake.WhyAgree:
		return "Two counts agree"
	case stocktake.WhyBook:
		return "The recount agrees with the book"
	case stocktake.WhyDisagree:
		return "No two counts agree"
	case stocktake.WhyLate:
		if f.Got != "" {
			return "Told late by " + f.Got
		}
		return "Somebody told late what they did there"
	case stocktake.WhyWaits:
		return "Nobody came to count it again"
	}
	return f.Rule
}

// VarianceStates implements CaseText.
func (English) VarianceStates() map[store.VarianceState]string {
	return map[store.VarianceState]string{store.VarianceNone: "as its book",
		store.VarianceSmall: "tolerated", store.VarianceRecount: "recount",
		store.VarianceApproval: "to be approved", store.VarianceAdjusted: "adjusted",
		store.VarianceRejected: "the book stands"}
}

// DiscEnds implements CaseText.
func (English) DiscEnds() map[store.DiscEnd]string {
	return map[store.DiscEnd]string{store.DiscFound: "found",
		store.DiscWrittenOff: "written off", store.DiscClosed: "closed"}
}

func (English) CaseSummary() string { return "differs" }
func (English) CaseCount(round int) string {
	switch round {
	case 1:
		return "count 1"
	case 2:
		return "recount"
	}
	return fmt.Sprintf("recount %d", round-1)
}
func (English) CaseTimeline() string            { return "timeline" }
func (English) CaseBy(name, at string) string   { return "Counted by " + name + ", " + at }
func (English) CaseTold(name, at string) string { return "Found by " + name + ", " + at }
func (English) CaseKnew(rev int64) string {
	return fmt.Sprintf("Known then: facts up to %d", rev)
}
func (English) CaseAsBook() string { return "As its book" }
func (English) CaseLine(low, high, n, off store.Qty) string {
	if off == 0 {
		return fmt.Sprintf("%d (book %s)", n, bookOf(low, high))
	}
	return fmt.Sprintf("%d (book %s) %s", n, bookOf(low, high), signed(off))
}
func (English) CaseMoved() string { return "Meanwhile:" }
func (English) CaseMove(n store.Qty, what string, unseen bool) string {
	if unseen {
		what += " (not known to the counter)"
	}
	return signed(n) + " " + what
}
func (English) CaseCode(code string, n store.Qty, is string) string {
	if is == "" {
		return fmt.Sprintf("%d of the unknown code %s", n, code)
	}
	return fmt.Sprintf("%d of %s are %s", n, code, is)
}
func (English) CaseMissing(n store.Qty, item string) string {
	return fmt.Sprintf("Looked for: %d x %s", n, item)
}
func (English) CaseApproved(name, cause string) string {
	return "Approved by " + name + ": " + cause + ". One more is to"
}
func (English) CaseHint() string { return "Left, Right: pages. Up, Down: more" }
func (English) CaseScan(code string) string {
	return "Scan the item that " + code + " is."
}
func (English) CaseMatched(code, item string) string { return code + " is " + item }
func (English) CaseUnmatched(n int) []string {
	return []string{fmt.Sprintf("%d codes stay unknown. Approve all the same?", n)}
}
func (English) CaseCause() string               { return "What is the cause?" }
func (English) CaseNote() string                { return "What happened?" }
func (English) CaseWhyAgain() string            { return "Why count it again?" }
func (English) CaseWhyStands() string           { return "Why is the book right?" }
func (English) CaseAdjusted(what string) string { return what + ": the book is put right" }
func (English) CaseFirst() string               { return "Approved. Another one approves too" }
func (English) CaseAgain(what string) string    { return what + " is counted again" }
func (English) CaseStands(what string) string   { return what + ": the book stands" }
func (English) CasePlanned(bin string) string   { return bin + " is to be counted" }
func (English) CaseListed() string              { return "It is to be counted already" }
func (English) CaseOther() string               { return "F2: another supervisor's badge and PIN" }
func (English) CaseKnown() string               { return "F5 approves, F4 takes it back" }
func (English) CaseSerials() string             { return "Each has a serial: F3, count it again" }
func (English) CaseFoundIn() string             { return "In which bin does it lie?" }
func (English) NoteMissing(n store.Qty) string  { return fmt.Sprintf("%d missing", n) }
func (English) NoteEmpty(empty bool) string {
	if empty {
		return "the bin was empty"
	}
	return "the bin was not empty"
}
func (English) NoteBatches(n store.Qty) string { return fmt.Sprintf("%d batches", n) }
func (English) NoteGrams(got, want string) string {
	return got + " g, should be " + want + " g"
}
func (e English) CaseEnded(what string, as store.DiscEnd) string {
	return what + ": " + e.DiscEnds()[as]
}

func (Chinese) HomeQueue(n int) string  { return "待处理    " + waiting(n) }
func (Chinese) QueueTitle(n int) string { return fmt.Sprintf("待处理 %d", n) }
func (Chinese) QueueNone() string       { return "没有待处理的事项。" }
func (Chinese) QueueNothing() string    { return "此类没有。左右键换类别" }
func (Chinese) QueueAll() string        { return "全部" }
func (Chinese) QueueSorted(worth bool) string {
	if worth {
		return "按金额"
	}
	return "按时间"
}
func (Chinese) QueueZones() string      { return "哪个库区？" }
func (Chinese) QueueEverywhere() string { return "所有库区" }
func (Chinese) QueueWorth(worth store.Money) string {
	return fmt.Sprintf("金额 %s", worth)
}
func (Chinese) QueueHint() string { return "回车打开，左右键换类别" }
func (Chinese) Zone(name string) string {
	if name == "" {
		return "无库区"
	}
	return name + " 区"
}

// CaseKinds implements QueueText.
func (Chinese) CaseKinds() map[stocktake.CaseKind]string {
	return map[stocktake.CaseKind]string{stocktake.CaseVariance: "盘点差异",
		stocktake.CaseOutbound: "出库差异", stocktake.CaseReturned: "退货差异",
		stocktake.CaseStations: "工位冲突", stocktake.CaseOrder: "挂起订单",
		stocktake.CaseRMA: "待审退货"}
}

// VarianceWhy implements CaseText.
func (Chinese) VarianceWhy(f store.Finding) string {
	switch f.Rule {
	case stocktake.WhyMoved:
		return "盘点时账动过：" + f.Got
	case stocktake.WhyUnknown:
		return "有查不到的条码 " + f.Got
	case stocktake.WhyNew:
		return "账上没有：" + f.Got
	case stocktake.WhyOff:
		return "超出允许误差"
	case stocktake.WhyAgree:
		return "两次盘点一致"
	case stocktake.WhyBook:
		return "复盘与账面一致"
	case stocktake.WhyDisagree:
		return "几次盘点都不一样"
	case stocktake.WhyLate:
		if f.Got != "" {
			return "迟到的记录：" + f.Got
		}
		return "有作业记录迟到"
	case stocktake.WhyWaits:
		return "迟迟没人复盘"
	}
	return f.Rule
}

// VarianceStates implements CaseText.
func (Chinese) VarianceStates() map[store.VarianceState]string {
	return map[store.VarianceState]string{store.VarianceNone: "账实相符",
		store.VarianceSmall: "误差内调整", store.VarianceRecount: "待复盘",
		store.VarianceApproval: "待审批", store.VarianceAdjusted: "已调整",
		store.VarianceRejected: "维持账面"}
}

// DiscEnds implements CaseText.
func (Chinese) DiscEnds() map[store.DiscEnd]string {
	return map[store.DiscEnd]string{store.DiscFound: "已找回", store.DiscWrittenOff: "已核销",
		store.DiscClosed: "已关闭"}
}

func (Chinese) CaseSummary() string { return "差异" }
func (Chinese) CaseCount(round int) string {
	switch round {
	case 1:
		return "初盘"
	case 2:
		return "复盘"
	}
	return fmt.Sprintf("复盘%d", round-1)
}
func (Chinese) CaseTimeline() string            { return "时间线" }
func (Chinese) CaseBy(name, at string) string   { return name + " 盘点 " + at }
func (Chinese) CaseTold(name, at string) string { return name + " 上报 " + at }
func (Chinese) CaseKnew(rev int64) string {
	return fmt.Sprintf("当时已知到第 %d 条", rev)
}
func (Chinese) CaseAsBook() string { return "与账面相同" }
func (Chinese) CaseLine(low, high, n, off store.Qty) string {
	if off == 0 {
		return fmt.Sprintf("实%d 账%s", n, bookOf(low, high))
	}
	return fmt.Sprintf("实%d 账%s %s", n, bookOf(low, high), signed(off))
}
func (Chinese) CaseMoved() string { return "盘点期间：" }
func (Chinese) CaseMove(n store.Qty, what string, unseen bool) string {
	if unseen {
		what += "（盘点人不知）"
	}
	return signed(n) + " " + what
}
func (Chinese) CaseCode(code string, n store.Qty, is string) string {
	if is == "" {
		return fmt.Sprintf("未知条码 %s：%d 件", code, n)
	}
	return fmt.Sprintf("%s 是 %s：%d 件", code, is, n)
}
func (Chinese) CaseMissing(n store.Qty, item string) string {
	return fmt.Sprintf("待查 %d 件 %s", n, item)
}
func (Chinese) CaseApproved(name, cause string) string {
	return name + " 已批：" + cause + "，还要一位"
}
func (Chinese) CaseHint() string { return "左右键换页，上下键翻看" }
func (Chinese) CaseScan(code string) string {
	return "扫商品，说明 " + code + " 是什么"
}
func (Chinese) CaseMatched(code, item string) string { return code + " 是 " + item }
func (Chinese) CaseUnmatched(n int) []string {
	return []string{fmt.Sprintf("还有 %d 个条码不明，仍要通过吗？", n)}
}
func (Chinese) CaseCause() string               { return "差异原因？" }
func (Chinese) CaseNote() string                { return "怎么回事？" }
func (Chinese) CaseWhyAgain() string            { return "为什么再盘？" }
func (Chinese) CaseWhyStands() string           { return "为什么账面对？" }
func (Chinese) CaseAdjusted(what string) string { return what + " 已调整库存" }
func (Chinese) CaseFirst() string               { return "已批，还要另一位主管批" }
func (Chinese) CaseAgain(what string) string    { return what + " 再盘一次" }
func (Chinese) CaseStands(what string) string   { return what + " 维持账面" }
func (Chinese) CasePlanned(bin string) string   { return bin + " 已列入盘点" }
func (Chinese) CaseListed() string              { return "已在盘点清单里" }
func (Chinese) CaseOther() string               { return "F2：另一位主管刷工牌、输PIN" }
func (Chinese) CaseKnown() string               { return "按F5通过，F4撤销" }
func (Chinese) CaseSerials() string             { return "每件一个序列号，F3再盘" }
func (Chinese) CaseFoundIn() string             { return "现在放在哪个货位？" }
func (Chinese) NoteMissing(n store.Qty) string  { return fmt.Sprintf("缺 %d 件", n) }
func (Chinese) NoteEmpty(empty bool) string {
	if empty {
		return "货位是空的"
	}
	return "货位不空"
}
func (Chinese) NoteBatches(n store.Qty) string { return fmt.Sprintf("%d 个批次", n) }
func (Chinese) NoteGrams(got, want string) string {
	return "实重 " + got + " 克，应重 " + want + " 克"
}
func (c Chinese) CaseEnded(what string, as store.DiscEnd) string {
	return what + " " + c.DiscEnds()[as]
}
