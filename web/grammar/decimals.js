/* Numbers as people write them, exactly: 0.1 is a tenth. A value is then a bigint, every digit
   kept, or the nearest number; labels are written as Python writes both. */

/** @typedef {{digits: bigint, power: number}} Decimal digits times ten to the power */

export const NUMBER = '[+-]?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?';

/** @param {string} written as NUMBER matches it @returns {Decimal} */
export function decimal(written) {
  const [, sign, whole, part = '', power = '0'] =
    /^([+-]?)([0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(written) ?? [];
  const digits = BigInt(`${whole}${part}`);
  return { digits: sign === '-' ? -digits : digits, power: Number(power) - part.length };
}

/** Digits of some numbers at one power. @param {Decimal[]} numbers @returns {[bigint[], number]} */
export function aligned(numbers) {
  const power = Math.min(...numbers.map((number) => number.power));
  return [numbers.map(({ digits, power: own }) => digits * 10n ** BigInt(own - power)), power];
}

/** The number itself: a bigint if it is whole. @param {Decimal} number
 * @returns {bigint | number} */
export function plain({ digits, power }) {
  if (power >= 0) return digits * 10n ** BigInt(power);
  const unit = 10n ** BigInt(-power);
  return digits % unit === 0n ? digits / unit : nearestTo({ digits, power });
}

/** @param {Decimal} number */
export const nearestTo = ({ digits, power }) => Number(`${digits}e${power}`);

/** A number with a fraction as Python writes it: 7.0, 1e-05, 1e+16. @param {number} number */
export function floatText(number) {
  if (Object.is(number, -0)) return '-0.0';
  const [head, tail] = number.toExponential().split('e');
  const power = Number(tail);
  if (power < -4 || power >= 16) {
    const size = String(Math.abs(power)).padStart(2, '0');
    return `${head}e${power < 0 ? '-' : '+'}${size}`;
  }
  const digits = head.replace(/[-.]/g, '');
  const sign = number < 0 ? '-' : '';
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`;
  const whole = digits.padEnd(power + 1, '0');
  return `${sign}${whole.slice(0, power + 1)}.${whole.slice(power + 1) || '0'}`;
}
