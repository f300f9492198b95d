package keys

import "testing"

// TestFieldVectors holds products and inverses printed in FIPS 197 (section 4.2), which defines the same field.
func TestFieldVectors(t *testing.T) {
	t.Parallel()
	for _, v := range []struct{ a, b, product byte }{
		{0x57, 0x83, 0xc1},
		{0x57, 0x13, 0xfe},
		{0x57, 0x02, 0xae},
		{0x57, 0x04, 0x47},
		{0x57, 0x08, 0x8e},
		{0x57, 0x10, 0x07},
		{0x53, 0xca, 0x01},
		{0, 0xff, 0},
		{1, 0xff, 0xff},
	} {
		if got := gfMul(v.a, v.b); got != v.product {
			t.Errorf("%#02x · %#02x = %#02x, want %#02x", v.a, v.b, got, v.product)
		}
	}
}

// mulBySteps is the schoolbook product, with branches: slow to err, and not for secrets.
func mulBySteps(a, b int) byte {
	product := 0
	for bit := range 8 {
		if b>>bit&1 == 1 {
			product ^= a << bit
		}
	}
	for bit := 14; bit >= 8; bit-- {
		if product>>bit&1 == 1 {
			product ^= 0x11b << (bit - 8)
		}
	}
	return byte(product)
}

func TestEveryProductAndInverse(t *testing.T) {
	t.Parallel()
	for a := range 256 {
		for b := range 256 {
			if got, want := gfMul(byte(a), byte(b)), mulBySteps(a, b); got != want {
				t.Fatalf("%#02x · %#02x = %#02x, want %#02x", a, b, got, want)
			}
		}
		if inverse := gfInv(byte(a)); a != 0 && mulBySteps(a, int(inverse)) != 1 {
			t.Fatalf("%#02x has the inverse %#02x", a, inverse)
		}
	}
	if gfInv(0) != 0 {
		t.Error("0 has an inverse")
	}
}

func TestPolynomialIsEvaluatedFromTheConstantUp(t *testing.T) {
	t.Parallel()
	coefficients := []byte{0x2a, 0x57, 0x83}
	for x := range 256 {
		want := 0x2a ^ mulBySteps(0x57, x) ^ mulBySteps(0x83, int(mulBySteps(x, x)))
		if got := gfPoly(coefficients, byte(x)); got != want {
			t.Fatalf("at %#02x: %#02x, want %#02x", x, got, want)
		}
	}
}
