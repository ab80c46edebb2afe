package gs1

import (
	"strconv"
	"strings"
)

// A charset is one of the dictionary's character types.
type charset byte

func (s charset) holds(value string) bool {
	var bit byte
	switch s {
	case 'N':
		bit = numeric
	case 'X':
		bit = cset82
	case 'Y':
		bit = cset39
	case 'Z':
		bit = cset64
	}
	for i := range len(value) {
		if classes[value[i]]&bit == 0 {
			return false
		}
	}
	return true
}

// The character sets that a byte can be of.
const (
	numeric = 1 << iota
	cset82
	cset39
	cset64
	inURI
	inDomain
)

const (
	digits82  = "0123456789"
	upper82   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lower82   = "abcdefghijklmnopqrstuvwxyz"
	alphabet  = digits82 + upper82 + lower82
	order82   = `!"%&'()*+,-./` + digits82 + ":;<=>?" + upper82 + "_" + lower82
	checks32  = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	beside39  = digits82 + upper82 + "#-/"
	beside64  = alphabet + "-_="
	uriSigns  = alphabet + "-._~:/?#[]@!$&'()*+,;=%"
	hostSigns = alphabet + "-._:[]"
)

// classes says for each byte in which sets it is; made once and never written again.
var classes = classesOf(map[byte]string{numeric: digits82, cset82: order82, cset39: beside39,
	cset64: beside64, inURI: uriSigns, inDomain: hostSigns})

func classesOf(sets map[byte]string) (out [256]byte) {
	for bit, signs := range sets {
		for i := range len(signs) {
			out[signs[i]] |= bit
		}
	}
	return out
}

// only says whether all of s is in a set.
func only(bit byte, s string) bool {
	for i := range len(s) {
		if classes[s[i]]&bit == 0 {
			return false
		}
	}
	return true
}

// A check says what is wrong with one part of a value, if anything.
type check func(value string) error

// or makes a check of a question.
func or(err error, right func(value string) bool) check {
	return func(value string) error {
		if right(value) {
			return nil
		}
		return err
	}
}

// among is a check for one of a few values.
func among(values string) check {
	return or(ErrValue, func(v string) bool { return strings.Contains(values, v) })
}

// checks are those that the dictionary names; made once and never written again.
var checks = map[string]check{
	"csum":           or(ErrCheckDigit, checked),
	"csumalpha":      or(ErrCheckDigit, checkedPair),
	"gcppos1":        or(ErrValue, func(v string) bool { return hasPrefix(v, 0) }),
	"gcppos2":        or(ErrValue, func(v string) bool { return hasPrefix(v, 1) }),
	"iso3166":        or(ErrValue, codesOf(countryNumbers).holds),
	"iso3166999":     or(ErrValue, codesOf(countryNumbers+" 999").holds),
	"iso3166alpha2":  or(ErrValue, codesOf(countryLetters).holds),
	"iso4217":        or(ErrValue, codesOf(currencyNumbers).holds),
	"iso5218":        among("0129"),
	"yesno":          among("01"),
	"zero":           among("0"),
	"hyphen":         among("-"),
	"winding":        among("019"),
	"importeridx":    or(ErrValue, func(v string) bool { return v != "=" && only(cset64, v) }),
	"mediatype":      or(ErrValue, isMedium),
	"packagetype":    or(ErrValue, isPackageType),
	"pcenc":          or(ErrValue, isEncoded),
	"iban":           or(ErrCheckDigit, isIBAN),
	"latitude":       or(ErrValue, func(v string) bool { return v <= "1800000000" }),
	"longitude":      or(ErrValue, func(v string) bool { return v <= "3600000000" }),
	"nonzero":        or(ErrValue, func(v string) bool { return strings.Trim(v, "0") != "" }),
	"nozeroprefix":   or(ErrValue, func(v string) bool { return v == "0" || v[0] != '0' }),
	"hasnondigit":    or(ErrValue, func(v string) bool { return !isDigits(v) }),
	"pieceoftotal":   or(ErrValue, func(v string) bool { return isOf(v[:2], v[2:]) }),
	"posinseqslash":  or(ErrValue, isPlace),
	"yymmdd":         or(ErrDate, func(v string) bool { return isDay(v, false) }),
	"yymmd0":         or(ErrDate, func(v string) bool { return isDay(v, true) }),
	"yyyymmdd":       or(ErrDate, isFullDay),
	"hh":             or(ErrDate, isHour),
	"mi":             or(ErrDate, isMinute),
	"ss":             or(ErrDate, isMinute),
	"hhmi":           or(ErrDate, func(v string) bool { return isHour(v[:2]) && isMinute(v[2:]) }),
	"couponcode":     or(ErrValue, isCoupon),
	"couponposoffer": or(ErrValue, isOffer),
}

// isMedium knows what carries an identity: GS1's own numbers, and those left to its users.
func isMedium(v string) bool { return "01" <= v && v <= "10" || v >= "80" }

func isHour(hh string) bool   { return hh < "24" }
func isMinute(mi string) bool { return mi < "60" }

// prefixLeast is how long a GS1 company prefix is, at least.
const prefixLeast = 4

// hasPrefix says whether a company prefix can begin at an index: nobody publishes them all.
func hasPrefix(v string, at int) bool {
	return len(v) >= at+prefixLeast && isDigits(v[at:at+prefixLeast])
}

// isOf says whether a piece can be one of a total.
func isOf(piece, total string) bool {
	zero := strings.Repeat("0", len(piece))
	return zero < piece && piece <= total
}

// isPlace says whether v is a place in a sequence, such as 2/3.
func isPlace(v string) bool {
	place, of, ok := strings.Cut(v, "/")
	return ok && isDigits(place) && isDigits(of) && place[0] != '0' && of[0] != '0' &&
		(len(place) < len(of) || len(place) == len(of) && place <= of)
}

// isPackageType knows the shape of UN/ECE's codes and of those that GS1 adds.
func isPackageType(v string) bool {
	letters := strings.Trim(v, digits82) != ""
	switch len(v) {
	case 2:
		return letters && only(cset39, v) && !strings.ContainsAny(v, "#-/")
	case 3, 4:
		return only(cset39, v) && !strings.ContainsAny(v, "#-/") && (letters || len(v) == 3)
	}
	return false
}

// isEncoded says whether each percent sign has its two digits.
func isEncoded(v string) bool {
	for i := range len(v) {
		if v[i] == '%' && (i+2 >= len(v) || !isHex(v[i+1]) || !isHex(v[i+2])) {
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// isIBAN checks a bank account's number by ISO 7064 MOD 97-10.
func isIBAN(v string) bool {
	const country, check, modulus = 2, 4, 97
	if len(v) <= check || !codesOf(countryLetters).holds(v[:country]) {
		return false
	}
	sum := 0
	for _, c := range v[check:] + v[:check] {
		switch {
		case '0' <= c && c <= '9':
			sum = (sum*10 + int(c-'0')) % modulus
		case 'A' <= c && c <= 'Z':
			sum = (sum*100 + int(c-'A') + 10) % modulus
		default:
			return false
		}
	}
	return sum == 1
}

// checkedPair checks the pair of characters that ends a global model number: the values of the
// others, each times a prime that grows to the left, modulo 1021.
func checkedPair(v string) bool {
	const pair, modulus, bits = 2, 1021, 5
	body := len(v) - pair
	if body < 1 {
		return false
	}
	sum, prime := 0, 2
	for i := body - 1; i >= 0; i-- {
		sum += strings.IndexByte(order82, v[i]) * prime
		prime = primeAfter(prime)
	}
	sum %= modulus
	return v[body] == checks32[sum>>bits] && v[body+1] == checks32[sum&(1<<bits-1)]
}

func primeAfter(n int) int {
	for {
		n++
		prime := true
		for d := 2; d*d <= n; d++ {
			prime = prime && n%d != 0
		}
		if prime {
			return n
		}
	}
}

// isDay reports whether yymmdd is a day of some century; day 00 is the whole
// month where zero says so.
func isDay(yymmdd string, zero bool) bool {
	year, month, day := splitDate(yymmdd)
	if month < 1 || month > 12 || day == 0 && !zero {
		return false
	}
	return day <= daysIn(2000+year, month)
}

// isFullDay reports whether yyyymmdd is a day.
func isFullDay(yyyymmdd string) bool {
	year, _ := strconv.Atoi(yyyymmdd[:4])
	_, month, day := splitDate(yyyymmdd[2:])
	return 1 <= month && month <= 12 && 1 <= day && day <= daysIn(year, month)
}

// splitDate expects six digits.
func splitDate(yymmdd string) (year, month, day int) {
	two := func(i int) int { return 10*int(yymmdd[i]-'0') + int(yymmdd[i+1]-'0') }
	return two(0), two(2), two(4)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
