package keys

// The field GF(2⁸) of polynomials over GF(2) modulo x⁸+x⁴+x³+x+1, the one Vault's shares are made in. Addition and
// subtraction are XOR. The operands are secret, so neither a branch nor a table index ever depends on them.

// reduction is the field polynomial without its x⁸.
const reduction = 0x1b

// gfMul multiplies a by b, one bit of b after the other.
func gfMul(a, b byte) byte {
	var product byte
	for range 8 {
		product ^= a & -(b & 1)
		a = a<<1 ^ reduction&-(a>>7)
		b >>= 1
	}
	return product
}

// gfInv is the multiplicative inverse, a²⁵⁴; that of 0, which has none, comes out as 0.
func gfInv(a byte) byte {
	power, inverse := a, byte(1)
	for range 7 {
		power = gfMul(power, power)
		inverse = gfMul(inverse, power)
	}
	return inverse
}

// gfPoly evaluates at x the polynomial whose coefficients are given from the constant term up.
func gfPoly(coefficients []byte, x byte) byte {
	var y byte
	for i := len(coefficients) - 1; i >= 0; i-- {
		y = gfMul(y, x) ^ coefficients[i]
	}
	return y
}
