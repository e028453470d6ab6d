package anki

import (
	"encoding/binary"
	"fmt"
	"math"
)

// wireField is one field of a protobuf message. Of a varint or a fixed number
// it has number, of anything else bytes.
type wireField struct {
	tag    int
	number uint64
	bytes  []byte
}

// wireFields visits the fields of a protobuf message in their order. What is
// left after an error was not visited.
func wireFields(message []byte, visit func(wireField)) error {
	for len(message) > 0 {
		key, n := binary.Uvarint(message)
		if n <= 0 || key>>3 == 0 || key>>3 > math.MaxInt32 {
			return fmt.Errorf("%w: a message has a broken field", ErrDamaged)
		}
		message = message[n:]
		f := wireField{tag: int(key >> 3)}
		size := 0
		switch key & 7 {
		case 0:
			f.number, size = binary.Uvarint(message)
		case 1:
			if size = 8; len(message) >= size {
				f.number = binary.LittleEndian.Uint64(message)
			}
		case 2:
			length, n := binary.Uvarint(message)
			if n <= 0 || length > uint64(len(message)-n) {
				return fmt.Errorf("%w: a message is cut short", ErrDamaged)
			}
			size = n + int(length)
			f.bytes = message[n:size]
		case 5:
			if size = 4; len(message) >= size {
				f.number = uint64(binary.LittleEndian.Uint32(message))
			}
		default:
			return fmt.Errorf("%w: a message has a field of an unknown type", ErrDamaged)
		}
		if size <= 0 || size > len(message) {
			return fmt.Errorf("%w: a message is cut short", ErrDamaged)
		}
		visit(f)
		message = message[size:]
	}
	return nil
}
