package main

// labelsWords is said of labels, and on them.
type labelsWords interface {
	CardGroups() map[string]string
	CardDrawn(path string) string
}

func (english) CardGroups() map[string]string {
	return map[string]string{"all": "Everywhere", "number": "Numbers", "pick": "Pick",
		"pack": "Pack", "count": "Count", "returns": "Returns", "orders": "Orders", "desk": "Desk"}
}
func (english) CardDrawn(path string) string { return "The barcodes are in " + path }

func (chinese) CardGroups() map[string]string {
	return map[string]string{"all": "通用", "number": "数量", "pick": "拣货", "pack": "打包",
		"count": "盘点", "returns": "退货", "orders": "订单", "desk": "主管"}
}
func (chinese) CardDrawn(path string) string { return "命令码已写入 " + path }
