package scanner

import "strings"

// DefaultPrefix begins our own labels where nothing else is configured.
const DefaultPrefix = "SB"

// letterOf gives each kind of our labels its letter, which is printed on labels
// and therefore never changes.
func letterOf(kind Kind) byte {
	for _, k := range kinds() {
		if k.kind == kind {
			return k.letter
		}
	}
	return 0
}

func kindOf(letter byte) Kind {
	for _, k := range kinds() {
		if k.letter == letter {
			return k.kind
		}
	}
	return ""
}

type kindLetter struct {
	kind   Kind
	letter byte
}

func kinds() [9]kindLetter {
	return [...]kindLetter{
		{BinLabel, 'B'},
		{ToteLabel, 'T'},
		{CartonLabel, 'C'},
		{SlipLabel, 'S'},
		{OperatorLabel, 'O'},
		{CommandLabel, 'X'},
		{ItemLabel, 'I'},
		{StageLabel, 'G'},
		{ReturnLabel, 'R'},
	}
}

// Encode returns the text of one of our labels: prefix, kind letter, code, check
// character. It is empty when the kind is unknown or the code holds anything but
// A-Z 0-9 - . /
func Encode(prefix string, kind Kind, code string) string {
	letter := letterOf(kind)
	if letter == 0 || !isCode(code) {
		return ""
	}
	body := string(letter) + code
	return prefix + body + string(checkCharacter(body))
}

// Decode takes one of our labels apart; ok is false for a foreign label, and for
// one of ours that was misread.
func Decode(prefix, text string) (kind Kind, code string, ok bool) {
	body, ours := strings.CutPrefix(text, prefix)
	if !ours || len(body) < 3 {
		return "", "", false
	}
	last := len(body) - 1
	kind, code = kindOf(body[0]), body[1:last]
	if kind == "" || !isCode(code) || checkCharacter(body[:last]) != body[last] {
		return "", "", false
	}
	return kind, code, true
}

func isCode(code string) bool {
	for i := range len(code) {
		c := code[i]
		if valueOf(c) < 0 && c != '-' && c != '.' && c != '/' {
			return false
		}
	}
	return code != ""
}

// checkCharacter is ISO 7064 MOD 37,2 over the letters and digits of body, so
// that every changed letter or digit and nearly every swapped pair is found.
func checkCharacter(body string) byte {
	const modulus, radix = 37, 2
	sum := 0
	for i := range len(body) {
		if v := valueOf(body[i]); v >= 0 {
			sum = (sum + v) * radix % modulus
		}
	}
	return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"[(modulus+1-sum)%modulus]
}

// valueOf is -1 for what is neither a digit nor a capital letter.
func valueOf(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'A' <= c && c <= 'Z':
		return int(c-'A') + 10
	}
	return -1
}
