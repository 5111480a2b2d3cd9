// How numbers, times and what is not known are written.

export const UNKNOWN = '–';
const COUNT = new Intl.NumberFormat('en');
export const count = value => COUNT.format(value);
export const plural = (value, what) => `${count(value)} ${what}${value === 1 ? '' : 's'}`;

export function duration(seconds) {
  const whole = Math.round(seconds);
  return seconds === 0 ? '0 s'
    : seconds < 0.9995 ? `${Math.max(1, Math.round(seconds * 1e3))} ms`
    : seconds < 59.95 ? `${seconds.toFixed(1)} s`
    : whole < 3_600 ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${count(Math.floor(whole / 3_600))} h ${Math.floor(whole % 3_600 / 60)} min`;
}

export function size(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1_024 && unit < units.length - 1) {
    value /= 1_024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? count(Math.round(value)) : value.toFixed(1)} ${units[unit]}`;
}

export function moment(text) {
  const at = new Date(text);
  return at.toDateString() === new Date().toDateString() ? at.toLocaleTimeString() : at.toLocaleString();
}
