// What answers of /api/v1/admin are asked for by more than one part of the page.

export const name = node => node.node === null ? `The node at ${node.address}` : `Node ${node.node}`;
export const partitionNumbers = answer => Array.from({length: answer.partitionCount}, (_, number) => number);
export const holders = (answer, partition, state) => answer.items.filter(node =>
  node.partitions.some(held => held.partition === partition && held.state === state));
export const restores = answer => answer.items.flatMap(node =>
  node.partitions.filter(held => held.restore).map(held => ({node, held})));

/** By group and topic, the partition that has waited longest first. */
export function groups(items) {
  const byGroup = new Map();
  for (const item of items) {
    const key = JSON.stringify([item.group, item.topic]);
    const entry = byGroup.get(key) ?? {group: item.group, topic: item.topic, partitions: []};
    byGroup.set(key, entry);
    entry.partitions.push(item);
  }
  for (const {partitions} of byGroup.values()) {
    partitions.sort((one, other) => (other.seconds ?? 0) - (one.seconds ?? 0)
      || (other.records ?? 0) - (one.records ?? 0) || one.partition - other.partition);
  }
  return byGroup;
}
