package gs1

import "strconv"

// A charset is one of the dictionary's character types.
type charset byte

func (s charset) holds(value string) bool {
	for i := range len(value) {
		if !s.has(value[i]) {
			return false
		}
	}
	return true
}

func (s charset) has(c byte) bool {
	digit := '0' <= c && c <= '9'
	upper := 'A' <= c && c <= 'Z'
	lower := 'a' <= c && c <= 'z'
	switch s {
	case 'N':
		return digit
	case 'X': // CSET 82 leaves out # $ @ [ \ ] ^ ` { | } ~ and the blank
		return '%' <= c && c <= '?' || c == '!' || c == '"' || c == '_' || upper || lower
	case 'Y':
		return digit || upper || c == '#' || c == '-' || c == '/'
	case 'Z':
		return digit || upper || lower || c == '-' || c == '_' || c == '='
	}
	return false
}

// A check says what is wrong with one part of a value, if anything.
type check func(value string) error

func checkNamed(name string) check {
	switch name {
	case "csum":
		return func(v string) error { return unless(checked(v), ErrCheckDigit) }
	case "yymmd0":
		return func(v string) error { return unless(isDay(v, true), ErrDate) }
	case "yymmdd":
		return func(v string) error { return unless(isDay(v, false), ErrDate) }
	case "hh":
		return func(v string) error { return unless(v < "24", ErrDate) }
	case "mi", "ss":
		return func(v string) error { return unless(v < "60", ErrDate) }
	case "zero":
		return func(v string) error { return unless(v == "0", ErrValue) }
	case "pieceoftotal":
		return func(v string) error {
			return unless("00" < v[:2] && v[:2] <= v[2:], ErrValue)
		}
	}
	panic("gs1: no check is named " + name)
}

func unless(right bool, err error) error {
	if right {
		return nil
	}
	return err
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

// splitDate expects six digits.
func splitDate(yymmdd string) (year, month, day int) {
	n, _ := strconv.Atoi(yymmdd)
	return n / 10000, n / 100 % 100, n % 100
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
