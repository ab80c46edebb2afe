package i18n

import "scanbay/store/intake"

// Reasons implements Tables.
func (English) Reasons() map[intake.ReasonCode]Words {
	return map[intake.ReasonCode]Words{
		intake.EmptyFile:   {"The file has no rows", "Export it again"},
		intake.TooLarge:    {"The file is larger than {want} bytes", "Split it"},
		intake.DamagedFile: {"The file cannot be unpacked", "Copy it again"},
		intake.NotATable: {"No known header",
			"Save it as CSV with headers[, such as {want}]"},
		intake.MissingColumn:   {"A column is missing", "Add one of: {want}"},
		intake.DuplicateColumn: {"It means the same as column {want}", "Delete one of them"},
		intake.RaggedRow: {"{got} fields, the header has {want}",
			"Put text with commas in quotes"},
		intake.BadQuote:     {"A quotation mark is out of place", "Double it, or remove it"},
		intake.DuplicateRow: {"Line {want} says it already", "Delete one of them"},
		intake.OrderChanged: {"This order came before with {want}",
			"Take its rows out, or ask the supervisor"},
		intake.MissingValue: {"It is empty", "Fill it in"},
		intake.BadNumber: {"This is no number that can be used[, want {want}]",
			"Write plain digits, no unit"},
		intake.Negative:  {"It is less than {want}", "Correct it, or take returns out"},
		intake.BadDate:   {"This is no date", "Write it like {want}"},
		intake.BadChoice: {"This is none of the choices", "Write one of: {want}"},
		intake.BadPIN: {"A PIN has {want} digits",
			"Correct it; format the column as text to keep zeros"},
		intake.BadCheckDigit: {"The barcode is mistyped: its check digit makes {want}",
			"Scan it again"},
		intake.Shortened: {"A spreadsheet shortened the code",
			"Format the column as text, and export again"},
		intake.TooLong:          {"It is longer than {want} characters", "Shorten it"},
		intake.ControlCharacter: {"There are hidden characters in it", "Type it anew"},
		intake.Encoding:         {"Characters were lost", "Save it as UTF-8 or GB18030"},
		intake.Contradiction:    {"It contradicts {want}, said elsewhere", "Make both the same"},
		intake.UnknownItem: {"Nobody knows this item",
			"Load items first, or correct the code"},
		intake.AmbiguousItem: {"The barcode stands for {want}", "Give the SKU"},
		intake.UnknownBin:    {"Nobody knows this bin, or it is not in use", "Load bins first"},
		intake.ReservedMore:  {"Orders need at least {want} here", "Pick or cancel them first"},
	}
}
