package gs1

import (
	"fmt"
	"strconv"
	"strings"
)

// Date returns the date of an AI such as 17 as yyyymmdd: the century is the one
// that puts it within fifty years of year, day 00 is the last day of its month.
func Date(yymmdd string, year int) (yyyymmdd string, ok bool) {
	if len(yymmdd) != 6 || !isDigits(yymmdd) || !isDay(yymmdd, true) {
		return "", false
	}
	y, month, day := splitDate(yymmdd)
	century := year - year%100
	switch ahead := y - year%100; {
	case ahead >= 51:
		century -= 100
	case ahead <= -50:
		century += 100
	}
	if day == 0 {
		day = daysIn(century+y, month)
	}
	return fmt.Sprintf("%04d%02d%02d", century+y, month, day), true
}

// Decimal returns the amount of a measure or a price, with the decimals that it was measured with:
// 1.250 for (3103)001250. ok is false where the identifier's last digit tells no decimals.
func Decimal(ai, value string) (decimal string, ok bool) {
	if len(ai) != aiDigits || ai < "3100" || ai > "3959" || !isDigits(ai) || !isDigits(value) {
		return "", false
	}
	places := int(ai[aiDigits-1] - '0')
	value = strings.Repeat("0", max(0, places+1-len(value))) + value
	point := len(value) - places
	whole := strings.TrimLeft(value[:point-1], "0") + value[point-1:point]
	if places == 0 {
		return whole, true
	}
	return whole + "." + value[point:], true
}

// Unit is what a measure counts, such as kg; empty for what is no measure.
func Unit(ai string) string {
	if ai < "31" || ai >= "37" {
		return ""
	}
	_, unit, _ := strings.Cut(Title(ai), "(")
	unit, _, _ = strings.Cut(unit, "), log")
	return strings.TrimSuffix(unit, ")")
}

// SSCC builds the number of a carton or pallet: an extension digit, a company's prefix, and a
// serial number that fills what is left. ok is false where it does not fit.
func SSCC(extension byte, prefix string, serial int64) (sscc string, ok bool) {
	const before = ssccDigits - 2 // the extension, and the check digit
	left := before - len(prefix)
	number := strconv.FormatInt(serial, 10)
	if serial < 0 || len(number) > left || !isDigits(prefix) || extension < '0' || '9' < extension {
		return "", false
	}
	body := string(extension) + prefix + strings.Repeat("0", left-len(number)) + number
	check, ok := CheckDigit(body)
	return body + string(check), ok
}
