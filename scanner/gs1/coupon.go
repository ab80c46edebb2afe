package gs1

// A fields takes what a coupon says apart, digit by digit.
type fields struct {
	rest string
	bad  bool
}

// take takes n digits off.
func (f *fields) take(n int) string {
	if f.bad || len(f.rest) < n || !isDigits(f.rest[:n]) {
		f.bad = true
		return "000000"[:min(n, 6)]
	}
	out := f.rest[:n]
	f.rest = f.rest[n:]
	return out
}

// digit takes a digit off that must be one of some.
func (f *fields) digit(of string) int {
	c := f.take(1)[0]
	for i := range len(of) {
		if of[i] == c {
			return int(c - '0')
		}
	}
	f.bad = true
	return 0
}

// long takes a number off whose length is said by the digit before it, and by how much more.
func (f *fields) long(of string, more int) {
	for range f.digit(of) + more {
		f.take(1)
	}
}

// end says whether all was taken, and right.
func (f *fields) end() bool { return !f.bad && f.rest == "" }

const (
	prefixMore = 6 // digits of a company prefix beyond what its first digit says
	offer      = 6 // digits of an offer's code
	family     = 3
	dateDigits = 6
)

// isCoupon reads AI 8110: a North American coupon.
func isCoupon(v string) bool {
	f := &fields{rest: v}
	f.long("0123456", prefixMore)
	f.take(offer)
	f.long("12345", 0) // what it saves
	f.purchase()
	begins, ends, last := "", "", byte(0)
	for !f.bad && f.rest != "" {
		field := f.take(1)[0]
		if f.bad || field <= last {
			return false
		}
		switch last = field; field {
		case '1':
			f.digit("0123")
			f.purchase()
			f.issuer()
		case '2':
			f.purchase()
			f.issuer()
		case '3':
			ends = f.day()
		case '4':
			begins = f.day()
		case '5':
			f.long(digits82, prefixMore)
		case '6':
			f.long("1234567", prefixMore)
		case '9':
			f.digit("01256")
			f.digit("012")
			f.take(1)
			f.digit("01")
		default:
			return false
		}
	}
	return f.end() && (begins == "" || ends == "" || begins <= ends)
}

// purchase is what must be bought: how much, of what kind, of which family.
func (f *fields) purchase() {
	f.long("12345", 0)
	f.digit("012349")
	f.take(family)
}

// issuer is another company's prefix; 9 for none.
func (f *fields) issuer() {
	if n := f.digit("01234569"); n != 9 {
		for range n + prefixMore {
			f.take(1)
		}
	}
}

func (f *fields) day() string {
	day := f.take(dateDigits)
	if !f.bad && !isDay(day, false) {
		f.bad = true
	}
	return day
}

// isOffer reads AI 8112: a coupon whose terms are on file.
func isOffer(v string) bool {
	f := &fields{rest: v}
	f.digit("01")
	f.long("0123456", prefixMore)
	f.take(offer)
	f.long(digits82, prefixMore)
	return f.end()
}
