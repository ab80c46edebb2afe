package intake

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"scanbay/scanner/gs1"
	"scanbay/store"
)

// A reader makes a value of a cell that is not empty: a string, an int64 or a
// bool.
type reader func(text string, zone *time.Location) (any, *Problem)

const (
	codeMax  = 64   // characters of a code
	textMax  = 2000 // characters of any other text
	countMax = 1_000_000_000
	moneyMax = 100_000_000 * store.Money(moneyUnit)

	moneyPlaces = 4
	moneyUnit   = 10_000
	pinMin      = 4
	pinMax      = 12
)

// trim takes off what surrounds a value: blanks, and the ="…" by which exports
// keep spreadsheets from making numbers of codes.
func trim(cell string) string {
	cell = strings.TrimSpace(cell)
	if inner, found := strings.CutPrefix(cell, `="`); found && strings.HasSuffix(inner, `"`) {
		return strings.TrimSpace(inner[:len(inner)-1])
	}
	return cell
}

// unclean finds what may stand in no value.
func unclean(text string, longest int, hidden func(rune) bool) *Problem {
	switch {
	case strings.ContainsRune(text, utf8.RuneError):
		return bad(Encoding, "")
	case utf8.RuneCountInString(text) > longest:
		return bad(TooLong, strconv.Itoa(longest))
	case strings.ContainsFunc(text, hidden):
		return bad(ControlCharacter, "")
	}
	return nil
}

// hidden characters are controls, and those that turn the direction of text.
func hidden(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// text reads words of people. A line break is a blank.
func text(s string, _ *time.Location) (any, *Problem) {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s)
	return s, unclean(s, textMax, hidden)
}

// code reads what a scanner may read too: half-width, with nothing invisible.
func code(s string, _ *time.Location) (any, *Problem) {
	s = width.Fold.String(s)
	p := unclean(s, codeMax, func(r rune) bool { return hidden(r) || unicode.Is(unicode.Cf, r) })
	if p == nil && shortened(s) {
		p = bad(Shortened, "")
	}
	return s, p
}

// shortened says whether a spreadsheet took a code for a number: 6.90123E+12, or
// 1E+15 of one that ends in noughts. It keeps 15 digits.
func shortened(s string) bool {
	digits, exponent, found := strings.Cut(strings.ToUpper(s), "E+")
	if !found || !isDigits(exponent) {
		return false
	}
	_, err := strconv.ParseFloat(digits, 64)
	return err == nil && (strings.Contains(digits, ".") || exponent == "15")
}

// barcode reads a GTIN as 14 digits, and any other code as its text.
func barcode(s string, zone *time.Location) (any, *Problem) {
	v, p := code(s, zone)
	digits := v.(string)
	if p != nil || !isDigits(digits) || !slices.Contains([]int{8, 12, 13, 14}, len(digits)) {
		return v, p
	}
	gtin, right := gs1.GTIN14(digits)
	if !right {
		last, _ := gs1.CheckDigit(digits[:len(digits)-1])
		return "", bad(BadCheckDigit, digits[:len(digits)-1]+string(last))
	}
	return gtin, nil
}

func isDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// count reads a whole number that is not negative.
func count(s string, _ *time.Location) (any, *Problem) { return number(s, 0, 0, countMax) }

// some reads a whole number from 1.
func some(s string, _ *time.Location) (any, *Problem) { return number(s, 0, 1, countMax) }

// rank reads a whole number that may be negative.
func rank(s string, _ *time.Location) (any, *Problem) { return number(s, 0, -countMax, countMax) }

// money reads an amount exactly, with or without a currency's sign.
func money(s string, _ *time.Location) (any, *Problem) {
	s = strings.TrimLeft(width.Fold.String(s), "¥$€£ ")
	return number(s, moneyPlaces, 0, int64(moneyMax))
}

func number(s string, places int, least, most int64) (any, *Problem) {
	n, ok := decimal(s, places)
	switch {
	case !ok || n > most:
		return n, bad(BadNumber, "")
	case n < least:
		return n, bad(Negative, strconv.FormatInt(least, 10))
	}
	return n, nil
}

// decimal reads a number as an integer of its last place. Thousands may be set
// off by commas; what goes beyond the last place must be noughts.
func decimal(s string, places int) (n int64, ok bool) {
	s = strings.TrimSpace(width.Fold.String(s))
	s, minus := strings.CutPrefix(s, "-")
	whole, fraction, pointed := strings.Cut(s, ".")
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		for i, g := range groups {
			if len(g) != 3 && (i > 0 || len(g) == 0 || len(g) > 3) {
				return 0, false
			}
		}
		whole = strings.Join(groups, "")
	}
	if !isDigits(whole) || pointed && !isDigits(fraction) {
		return 0, false
	}
	fraction = strings.TrimRight(fraction, "0")
	if len(fraction) > places {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", places-len(fraction)), 10, 64)
	if minus {
		n = -n
	}
	return n, err == nil
}

// date reads a day, with or without a time behind it.
func date(s string, _ *time.Location) (any, *Problem) {
	s = width.Fold.String(s)
	day, ok := store.ParseDate(s)
	if i := strings.IndexAny(s, " T"); !ok && i > 0 {
		day, ok = store.ParseDate(s[:i])
	}
	if !ok {
		return int64(0), bad(BadDate, "2026-03-01")
	}
	return int64(day), nil
}

// moments are the ways to write a time, in the warehouse's zone unless it says
// otherwise.
var moments = []string{"2006-1-2 15:04:05", "2006-1-2 15:04", "2006/1/2 15:04:05",
	"2006/1/2 15:04", "2006年1月2日 15:04:05", "2006年1月2日 15:04", "2006-01-02T15:04:05",
	"20060102150405", time.RFC3339, time.DateOnly, "2006/1/2", "20060102"}

// moment reads a time, as milliseconds UTC.
func moment(s string, zone *time.Location) (any, *Problem) {
	s = width.Fold.String(s)
	for _, layout := range moments {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil && t.Year() >= 2000 {
			return t.UnixMilli(), nil
		}
	}
	return int64(0), bad(BadDate, "2026-03-01 14:30")
}

// pin reads a PIN.
func pin(s string, _ *time.Location) (any, *Problem) {
	s = width.Fold.String(s)
	if !isDigits(s) || len(s) < pinMin || len(s) > pinMax {
		return "", bad(BadPIN, strconv.Itoa(pinMin)+"-"+strconv.Itoa(pinMax))
	}
	return s, nil
}

// words is a list of choices: each the value itself, and the other words for it.
type words []string

var (
	yesNo = words{"yes 1 y true t on 是 有 真 √ ✓ 启用 在售 上架 在职",
		"no 0 n false f off 否 无 假 × x 停用 停售 禁用 下架 离职"}
	uses = words{"pick 拣选 拣货 拣选位 拣货位", "storage 存储 储存 存储位", "returns return 退货",
		"defect defective 次品 残品", "hold 待处理", "tote 周转箱", "stage staging 暂存 暂存区",
		"dock 月台 交接区"}
	travels = words{"in_transit transit 运输中 在途 派送中 已揽收", "delayed delay 延误 延迟",
		"damaged damage 破损 损坏", "lost 丢失 丢件 遗失", "delivered delivery 妥投 已签收 签收 已送达",
		"returned 退回 退件 拒收退回"}
	mixings = words{"item 单品 一品一位 同品", "lot 批次 同批次", "any mixed 不限 混放 可混放"}
	modes   = words{"express courier parcel 快递", "freight ltl 物流",
		"pickup pick-up collect 自提", "fleet own 自有车队 自有 自送"}
	payers = words{"sender prepaid 寄付 寄方付", "receiver collect 到付 收方付", "monthly 月结"}
	langs  = words{"en english en-us en-gb 英文 英语",
		"zh chinese zh-cn zh-hans 中文 汉语 简体中文"}
	roleWords = words{"picker 拣货 拣货员", "verifier 复核 复核员", "packer 打包 打包员",
		"receiver 收货 收货员", "inspector 质检 质检员", "counter 盘点 盘点员", "supervisor 主管",
		"administrator admin 管理员"}
)

// find is the value that a word stands for.
func (w words) find(word string) (string, bool) {
	word = norm(word)
	for _, line := range w {
		all := strings.Fields(line)
		if slices.ContainsFunc(all, func(s string) bool { return norm(s) == word }) {
			return all[0], true
		}
	}
	return "", false
}

func (w words) values() (out []string) {
	for _, line := range w {
		value, _, _ := strings.Cut(line, " ")
		out = append(out, value)
	}
	return out
}

// read reads one of the choices.
func (w words) read(s string, _ *time.Location) (any, *Problem) {
	value, ok := w.find(s)
	if !ok {
		return "", bad(BadChoice, strings.Join(w.values(), ", "))
	}
	return value, nil
}

// bit reads yes or no.
func bit(s string, zone *time.Location) (any, *Problem) {
	v, p := yesNo.read(s, zone)
	return v == "yes", p
}

// roles reads words for roles, in the order of store.Roles.
func roles(s string, _ *time.Location) (any, *Problem) {
	have := map[string]bool{}
	for _, word := range strings.FieldsFunc(width.Fold.String(s), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(";,/|、。､", r)
	}) {
		role, ok := roleWords.find(word)
		if !ok {
			return "", bad(BadChoice, strings.Join(roleWords.values(), ", "))
		}
		have[role] = true
	}
	var out []string
	for _, role := range store.Roles {
		if have[string(role)] {
			out = append(out, string(role))
		}
	}
	return strings.Join(out, " "), nil
}

// norm is a header or a word without what people write differently: case, width,
// blanks, underscores.
func norm(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '_' || r == '*' || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(s))
}
