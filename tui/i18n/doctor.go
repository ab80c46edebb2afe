package i18n

import "scanbay/scanner"

// DoctorText is said where a scanner is looked at.
type DoctorText interface {
	DoctorTitle() string
	DoctorScan() string
	DoctorFine() string
	Findings() map[scanner.Finding]Ailment
}

// An Ailment is what is wrong with a scanner, and which setting mends it.
type Ailment struct{ Problem, Remedy string }

func (English) DoctorTitle() string { return "Scanner doctor" }
func (English) DoctorScan() string {
	return "Scan the test label (scanbay labels test). It says:"
}
func (English) DoctorFine() string { return "Read as it is: nothing to mend" }

// Findings implements DoctorText.
func (English) Findings() map[scanner.Finding]Ailment {
	return map[scanner.Finding]Ailment{
		scanner.OtherLabel: {"This is not the test label",
			"Print it: scanbay labels test. Is it, then reset the scanner to its defaults"},
		scanner.CutShort: {"A part of the label is missing",
			"Hold still and nearer; at the keyboard, set a longer delay between characters"},
		scanner.NoSuffix: {"Nothing says where the label ends",
			"In the scanner's manual, scan: suffix CR (Enter)"},
		scanner.SeparatorOff: {"The separator FNC1/GS is left out: lots run into serials",
			"Scan in the manual: send FNC1 as GS (0x1D); keyboard: enable control characters"},
		scanner.SeparatorAs: {"The separator comes as something else",
			"Scan in the manual: send FNC1 as GS (0x1D), no replacement"},
		scanner.CapsOn: {"Capitals and small letters are swapped",
			"Switch Caps Lock off, or set the scanner to serial or HID POS"},
		scanner.AllOneCase: {"The scanner changes capitals or small letters",
			"Scan in the manual: case conversion off"},
		scanner.French: {"The computer takes the keys for French ones",
			"Set the scanner to the French keyboard, or to serial or HID POS"},
		scanner.German: {"The computer takes the keys for German ones",
			"Set the scanner to the German keyboard, or to serial or HID POS"},
		scanner.Spanish: {"The computer takes the keys for Spanish or Italian ones",
			"Set the scanner to that keyboard, or to serial or HID POS"},
		scanner.FullWidth: {"An input method widens the characters",
			"Switch the input method to English (half-width)"},
		scanner.InputMethod: {"An input method eats letters",
			"Switch to the English input method, or set the scanner to serial or HID POS"},
		scanner.Framed: {"Something is put around the label",
			"Scan in the manual: no prefix, suffix CR alone"},
		scanner.NoIdentifier: {"Good. Better: AIM identifiers on",
			"Scan in the manual: transmit AIM code ID"},
		scanner.Garbled: {"Bytes that are no text: the speeds differ",
			"Set the port's speed to the scanner's, mostly 9600 or 115200"},
		scanner.ReadTwice: {"One pull of the trigger, two reads",
			"Scan in the manual: same-symbol delay of half a second, or trigger mode"},
	}
}

func (Chinese) DoctorTitle() string { return "扫描枪诊断" }
func (Chinese) DoctorScan() string  { return "请扫测试标签（scanbay labels test），内容：" }
func (Chinese) DoctorFine() string  { return "读取正确，无需调整" }

// Findings implements DoctorText.
func (Chinese) Findings() map[scanner.Finding]Ailment {
	return map[scanner.Finding]Ailment{
		scanner.OtherLabel: {"这不是测试标签",
			"先打印：scanbay labels test；若正是它，请将扫描枪恢复出厂设置"},
		scanner.CutShort: {"标签只读到一部分", "拿稳、靠近再扫；键盘口请加大字符间延时"},
		scanner.NoSuffix: {"没有结束符", "扫说明书设置码：后缀 CR（回车）"},
		scanner.SeparatorOff: {"分隔符 FNC1/GS 丢失，批号会连上序列号",
			"扫设置码：FNC1 输出为 GS（0x1D）；键盘口请开启控制字符"},
		scanner.SeparatorAs: {"分隔符变成了别的字符", "扫设置码：FNC1 输出为 GS（0x1D），不替换"},
		scanner.CapsOn:      {"大小写颠倒", "关闭大写锁定，或改用串口、HID POS 模式"},
		scanner.AllOneCase:  {"扫描枪改了大小写", "扫设置码：大小写转换关闭"},
		scanner.French:      {"电脑按法语键盘识别", "扫描枪设为法语键盘，或改用串口、HID POS 模式"},
		scanner.German:      {"电脑按德语键盘识别", "扫描枪设为德语键盘，或改用串口、HID POS 模式"},
		scanner.Spanish: {"电脑按西班牙或意大利键盘识别",
			"扫描枪设为该键盘，或改用串口、HID POS 模式"},
		scanner.FullWidth:    {"输入法把字符变成全角", "输入法切换到英文半角"},
		scanner.InputMethod:  {"输入法吃掉了字母", "切换到英文输入法，或改用串口、HID POS 模式"},
		scanner.Framed:       {"标签前后多了字符", "扫设置码：无前缀，后缀只留 CR"},
		scanner.NoIdentifier: {"可用；最好开启 AIM 标识", "扫设置码：发送 AIM 码制标识"},
		scanner.Garbled:      {"收到的不是文本，速率不一致", "串口速率设为与扫描枪相同，多为 9600 或 115200"},
		scanner.ReadTwice:    {"扣一次扳机读了两次", "扫设置码：同码延时半秒，或改为扳机模式"},
	}
}
