/* What is kept as long as it is among the latest asked for. */

/** @template Value */
export class Remembered {
  /** @param {number} most @param {(key: string) => Value} make */
  constructor(most, make) {
    this.most = most;
    this.make = make;
    /** @type {Map<string, Value>} the latest asked for is last */
    this.kept = new Map();
  }

  /** @param {string} key @returns {Value} */
  get(key) {
    const value = this.kept.get(key) ?? this.make(key);
    this.kept.delete(key);
    this.kept.set(key, value);
    if (this.kept.size > this.most) this.kept.delete(String(this.kept.keys().next().value));
    return value;
  }

  values() {
    return this.kept.values();
  }
}

const RUN = 'proofsheet.run.';

/** Which run a sheet shows, for when the page is loaded anew.
 * @param {string} sheet @param {string} prompt */
export function noteRun(sheet, prompt) {
  try {
    sessionStorage.setItem(RUN + sheet, prompt);
  } catch {
    /* a full or forbidden storage only costs the reload in mid-run */
  }
}

/** @param {string} sheet */
export const notedRun = (sheet) => sessionStorage.getItem(RUN + sheet);
