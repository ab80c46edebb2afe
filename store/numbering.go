package store

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A numbering is one form of the numbers that a carrier prints. Most Chinese ones are bare
// digits that fit several carriers: they tell what cannot be one's, never whose it is.
type numbering struct {
	form  *regexp.Regexp
	check func(no string) bool // its check digit; nil where none is public
}

// numberings are the forms by carrier, whose first word is its code. Those of Chinese carriers
// are gathered from what is public of them. Those of the others, and their check digits, are
// from jkeen/tracking_number_data (MIT).
var numberings = []struct {
	carrier string
	forms   []numbering
}{
	{"SF 顺丰", plainly(`SF\d{13}`, `\d{12}`, `\d{15}`)},
	{"YTO 圆通", plainly(`[A-Z0-9]{2}\d{10,13}`, `[A-Z0-9]{2}\d{8}`, `[6-9]\d{17}`,
		`DD[89]\d{15}`, `Y\d{12}`)},
	{"ZTO 中通", plainly(`\d{12}`, `\d{14}`)},
	{"STO 申通", plainly(`77\d{12,13}`, `(88|99)\d{13}`, `(11|22|40)\d{10}`,
		`([234568]68|[578]88|773|968)\d{9,13}`, `STO\d{10}`, `(33|55|66)\d{11}`, `4\d{12}`)},
	{"YUNDA 韵达", plainly(`\d{13}`, `\d{15}`)},
	{"JD 京东", plainly(`JD[XK]\d{12}`, `JDV[A-Z]\d{11}`, `JD[0-9A-Z]{10,15}`)},
	{"EMS 邮政", append(plainly(`(10|11|12|50|51|52|95|97|98|99)\d{11}`, `\d{13}`), postal)},
	{"YUNEXPRESS 云途", plainly(`YT\d{16}`)},
	{"DEPPON 德邦", plainly(`DPK\d{11,}`, `\d{8,10}`, `\d{15,}`)},
	{"JT 极兔", plainly(`JT\d{12,13}`)},
	{"BEST 百世", plainly(`JT\d{12,13}`, `[67]\d{13}`, `5\d{13,14}`, `58\d{14}`)},
	{"ANE 安能", plainly(`\d{12}`)},
	{"UPS", []numbering{
		{whole(`1Z[A-Z0-9]{15}\d`), func(no string) bool { return mod10(no[2:], 1, 2) }},
		{whole(`[AHJKTV]\d{10}`), func(no string) bool { return mod10(no[1:], 1, 2) }}}},
	{"FEDEX", []numbering{{whole(`\d{12}`), mod11},
		{whole(`\d{15}`), func(no string) bool { return mod10(no, 1, 3) }},
		{whole(`\d{18}`), func(no string) bool { return mod10(no[2:], 3, 1) }},
		{whole(`96\d{20}`), func(no string) bool { return mod10(no[7:], 1, 3) }},
		{whole(`3\d{31}`), func(no string) bool { return mod11(no[16:28]) }},
		{whole(`[0-8]\d{33}`), func(no string) bool { return mod11(no[20:]) }},
		{whole(`96\d{32}`), func(no string) bool { return mod11(no[20:]) }}}},
	{"DHL", append(plainly(`J[A-Z]{2,3}\d{9,10}`, `(GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)[0-9A-Z]{10,39}`,
		`\d{14}`), numbering{whole(`\d{10,11}`), mod7})},
	{"AMAZON", plainly(`TB[AMC]\d{12}`, `C\d{10}`)},
	{"CANADAPOST", []numbering{postal, {whole(`\d{16}`), func(no string) bool {
		return mod10(no, 3, 1)
	}}}},
	{"CANPAR", plainly(`[DLS]\d{21}`)},
	{"DPD", []numbering{{whole(`(\d{14}|\d{27})[0-9A-Z]`), mod37}}},
	{"GOFO", plainly(`GFUS\d{14}`)},
	{"LANDMARK", plainly(`LTN\d{8}N1`)},
	{"LASERSHIP", plainly(`L[AEHINX][1-3]\d{7}`, `1LS7[12]\d{10}`, `1LS7\d{12}-1`,
		`1LSCX[0-9A-Z]{10}`)},
	{"ODFL", []numbering{{whole(`(0\d|7[78]|80)\d{9}`), luhn}}},
	{"ONTRAC", []numbering{
		{whole(`C\d{14}`), func(no string) bool { return mod10("4"+no[1:], 1, 2) }},
		{whole(`D\d{14}`), func(no string) bool { return mod10("5"+no[1:], 1, 2) }}}},
	{"PUROLATOR", append(plainly(`[A-Z]{3}\d{9}`), numbering{whole(`\d{12}`), luhn})},
	{"SPEEDEE", plainly(`SP\d{18}`)},
	{"YODEL", plainly(`J?JD\d{16}`)},
	{"USPS", []numbering{postal, {whole(`(420(\d{5}|\d{9}))?(\d{20}|9[1-5](\d{20}|\d{24}))`),
		func(no string) bool { return mod10(unrouted(no), 3, 1) }},
		{whole(`\d{20}`), func(no string) bool { return mod10("91"+no, 3, 1) }}}},
}

// postal is the form of the posts of the world, UPU S10; no country has the letters that ISO 3166
// leaves to its users.
var postal = numbering{whole(`[A-Z]{2}\d{9}([B-PR-WY][A-Z]|A[B-Z]|Q[A-L]|Z[A-Y])`), s10}

func s10(no string) bool {
	sum := 0
	for i, w := range []int{8, 6, 4, 2, 3, 5, 9, 7} {
		sum += w * int(no[2+i]-'0')
	}
	check := 11 - sum%11
	switch check {
	case 10:
		check = 0
	case 11:
		check = 5
	}
	return int(no[10]-'0') == check
}

func whole(form string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + form + `)$`) }

// plainly are forms without a check digit.
func plainly(forms ...string) (out []numbering) {
	for _, f := range forms {
		out = append(out, numbering{form: whole(f)})
	}
	return out
}

// mod10 says whether the last digit checks those before it, which count even and odd times in
// turn; letters count as UPS has them.
func mod10(no string, even, odd int) bool {
	sum, last := 0, len(no)-1
	for i, r := range no[:last] {
		n := int(r - '0')
		if r >= 'A' {
			n = int(r-3) % 10
		}
		if i%2 == 1 {
			n *= odd
		} else {
			n *= even
		}
		sum += n
	}
	return (10-sum%10)%10 == int(no[last]-'0')
}

// mod11 is FedEx's: weights of 1, 3 and 7 from the right.
func mod11(no string) bool {
	sum, last := 0, len(no)-1
	for i := range last {
		sum += [...]int{1, 3, 7}[(last-1-i)%3] * int(no[i]-'0')
	}
	return sum%11%10 == int(no[last]-'0')
}

// luhn is the check of ISO 7812: every other digit from the right counts twice, by its own digits.
func luhn(no string) bool {
	sum := 0
	for i := range len(no) {
		n := int(no[len(no)-1-i] - '0')
		if i%2 == 1 {
			n = n*2/10 + n*2%10
		}
		sum += n
	}
	return sum%10 == 0
}

// mod37 is ISO 7064 MOD 37,36 over digits and letters.
func mod37(no string) bool {
	const base = 36
	value := func(c byte) int {
		if c >= 'A' {
			return int(c-'A') + 10
		}
		return int(c - '0')
	}
	last, p := len(no)-1, base
	for i := range last {
		if p = (p + value(no[i])) % base; p == 0 {
			p = base
		}
		p = p * 2 % (base + 1)
	}
	return (p+value(no[last]))%base == 1
}

func mod7(no string) bool {
	last := len(no) - 1
	n, err := strconv.ParseInt(no[:last], 10, 64)
	return err == nil && n%7 == int64(no[last]-'0')
}

// unrouted is a number of USPS without the address in front of it.
func unrouted(no string) string {
	if !strings.HasPrefix(no, "420") || len(no) <= 26 {
		return no
	}
	for _, routing := range []int{8, 12} {
		if rest := no[routing:]; rest[0] == '9' && slices.Contains([]int{22, 26}, len(rest)) {
			return rest
		}
	}
	return no[8:]
}
