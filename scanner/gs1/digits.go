package gs1

// Lengths of the numbers that carry a check digit of their own.
const (
	gtinDigits = 14
	ssccDigits = 18
	upcEDigits = 8
)

// CheckDigit returns the GS1 modulo-10 digit that belongs behind digits; ok is
// false when digits is empty or holds anything but digits.
func CheckDigit(digits string) (digit byte, ok bool) {
	if !isDigits(digits) {
		return 0, false
	}
	sum := 0
	for i := range len(digits) {
		weight := 1
		if (len(digits)-i)%2 == 1 {
			weight = 3
		}
		sum += weight * int(digits[i]-'0')
	}
	return '0' + byte((10-sum%10)%10), true
}

// ValidGTIN reports whether s is a GTIN-8, -12, -13 or -14 with the right check
// digit.
func ValidGTIN(s string) bool {
	switch len(s) {
	case 8, 12, 13, gtinDigits:
		return checked(s)
	}
	return false
}

// ValidSSCC reports whether s is an 18-digit SSCC with the right check digit.
func ValidSSCC(s string) bool {
	return len(s) == ssccDigits && checked(s)
}

// GTIN14 returns EAN-8, UPC-A, EAN-13 or GTIN-14 digits as the 14 digits that are
// one number for all of them; ok is false when the check digit or the length is
// wrong.
func GTIN14(digits string) (gtin string, ok bool) {
	if !ValidGTIN(digits) {
		return "", false
	}
	return "00000000000000"[:gtinDigits-len(digits)] + digits, true
}

// ExpandUPCE returns the 12 digits of the UPC-A that the 8 digits of a UPC-E
// (number system, six digits, check digit) stand for. It is a function of its own
// because eight digits alone may as well be an EAN-8.
func ExpandUPCE(digits string) (upcA string, ok bool) {
	if len(digits) != upcEDigits || !isDigits(digits) || digits[0] > '1' {
		return "", false
	}
	system, d, check := digits[:1], digits[1:7], digits[7:]
	var body string
	switch last := d[5]; last {
	case '0', '1', '2':
		body = d[:2] + d[5:] + "0000" + d[2:5]
	case '3':
		body = d[:3] + "00000" + d[3:5]
	case '4':
		body = d[:4] + "00000" + d[4:5]
	default:
		body = d[:5] + "0000" + d[5:]
	}
	upcA = system + body + check
	return upcA, checked(upcA)
}

// checked reports whether the last digit of s is the check digit of the others.
func checked(s string) bool {
	last := len(s) - 1
	digit, ok := CheckDigit(s[:last])
	return ok && digit == s[last]
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
