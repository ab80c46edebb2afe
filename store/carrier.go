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
	{"DEPPON 德邦", plainly(`DPK\d{11,}`, `\d{8,10}`, `\d{15,}`)},
	{"JT 极兔", plainly(`JT\d{12,13}`)},
	{"BEST 百世", plainly(`JT\d{12,13}`, `[67]\d{13}`, `5\d{13,14}`, `58\d{14}`)},
	{"ANE 安能", plainly(`\d{12}`)},
	{"UPS", []numbering{
		{whole(`1Z[A-Z0-9]{15}\d`), func(no string) bool { return mod10(no[2:], 1, 2) }},
		{whole(`[AHJKTV]\d{10}`), func(no string) bool { return mod10(no[1:], 1, 2) }}}},
	{"FEDEX", append(plainly(`\d{18}`, `96\d{20}`, `\d{32}`, `\d{34}`),
		numbering{whole(`\d{12}`), mod11}, numbering{whole(`\d{15}`),
			func(no string) bool { return mod10(no, 1, 3) }})},
	{"DHL", append(plainly(`J[A-Z]{2,3}\d{9,10}`, `(GM|LX|RX|UV|CN|SG|TH|IN|HK|MY)[0-9A-Z]{10,39}`,
		`\d{14}`), numbering{whole(`\d{10,11}`), mod7})},
	{"USPS", []numbering{postal, {whole(`(420(\d{5}|\d{9}))?(\d{20}|9[1-5](\d{20}|\d{24}))`),
		func(no string) bool { return mod10(unrouted(no), 3, 1) }}}},
}

// postal is the form of the posts of the world, UPU S10.
var postal = numbering{whole(`[A-Z]{2}\d{9}[A-Z]{2}`), func(no string) bool {
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
}}

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

func mod11(no string) bool {
	sum := 0
	for i, w := range []int{3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1} {
		sum += w * int(no[i]-'0')
	}
	return sum%11%10 == int(no[11]-'0')
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

// Fits says whether a carrier could have printed the number. Of one whose numbers nobody
// knows, any could be.
func (no WaybillNo) Fits(c CarrierID) bool {
	of, _, _ := no.Package()
	text, by := strings.ToUpper(string(of)), strings.ToUpper(string(c))
	for _, known := range numberings {
		if !slices.ContainsFunc(strings.Fields(known.carrier), func(name string) bool {
			return by == name || name[0] > 'Z' && strings.Contains(by, name)
		}) {
			continue
		}
		return slices.ContainsFunc(known.forms, func(n numbering) bool {
			return n.form.MatchString(text) && (n.check == nil || n.check(text))
		})
	}
	return true
}

// packageLabel is what JD prints on each parcel of a waybill: its number among so many, and
// the chute that it takes.
var packageLabel = regexp.MustCompile(
	`^(.{6,}?)(?:-(\d{1,3})-(\d{1,3})(?:-[A-Z0-9]*)?|N(\d{1,3})S(\d{1,3})(?:H[A-Z0-9]*)?)$`)

// Package reads the number of a parcel among those of one waybill: of is the waybill, and n is
// 0 for a number that stands for a parcel of its own.
func (no WaybillNo) Package() (of WaybillNo, n, total int64) {
	m := packageLabel.FindStringSubmatch(string(no))
	if m == nil {
		return no, 0, 0
	}
	n, _ = strconv.ParseInt(m[2]+m[4], 10, 64) // the expression has digits there
	total, _ = strconv.ParseInt(m[3]+m[5], 10, 64)
	if n < 1 || n > total {
		return no, 0, 0
	}
	return WaybillNo(m[1]), n, total
}

// Kept is the number as it is kept: of a parcel among several without the chute, so that each
// way to print it is the same.
func (no WaybillNo) Kept() WaybillNo {
	of, n, total := no.Package()
	if n == 0 {
		return no
	}
	return of + WaybillNo("-"+strconv.FormatInt(n, 10)+"-"+strconv.FormatInt(total, 10))
}
