// What each section shows of an answer.

import {groups, holders, partitionNumbers, restores} from './answers.js';
import {make, number, table} from './elements.js';
import {UNKNOWN, count, duration, moment, plural, size} from './numbers.js';

const WORST_PARTITIONS = 5;

export function showLag(answer) {
  const rows = [...groups(answer.items).values()].map(({group, topic, partitions}) => {
    const known = partitions.filter(each => each.records !== null);
    const behind = known.filter(each => each.records > 0);
    const waits = behind.map(each => each.seconds).filter(seconds => seconds !== null);
    return [
      group, topic,
      number(known.length > 0 ? count(known.reduce((sum, each) => sum + each.records, 0)) : UNKNOWN),
      number(known.length === 0 ? UNKNOWN : duration(Math.max(0, ...waits))),
      behind.length === 0 ? (known.length > 0 ? 'none' : UNKNOWN)
        : make('ul', {class: 'plain'}, ...behind.slice(0, WORST_PARTITIONS).map(each => make('li', {},
          `${each.partition}: ${plural(each.records, 'record')}`
            + (each.seconds === null ? '' : `, ${duration(each.seconds)}`))),
        ...(behind.length > WORST_PARTITIONS
          ? [make('li', {}, `and ${count(behind.length - WORST_PARTITIONS)} more`)] : [])),
    ];
  });
  return table('Records that were written and not read yet, and for how long the first of them has waited',
    ['Group', 'Topic', 'Records', 'Waited', 'Partitions behind'], rows, 'No group is known.');
}

export function showFreshness(answer) {
  const told = answer.items.filter(node => node.state === 'answers');
  return table('From when a publish begins until a partition answers with all of it, in the last hour',
    ['Node', 'Arrivals', 'Half within', '99 % within', 'Longest'],
    told.map(({node, freshness}) => [node, ...(freshness === null
      ? [number('0'), number(UNKNOWN), number(UNKNOWN), number(UNKNOWN)]
      : [number(count(freshness.count)), number(duration(freshness.p50Seconds)),
        number(duration(freshness.p99Seconds)), number(duration(freshness.worstSeconds))])]),
    'No node tells it.');
}

const MARKS = {active: 'A', standby: 'S', restoring: 'R'};

export function showPartitions(answer) {
  const numbers = partitionNumbers(answer);
  if (numbers.length === 0) {
    return [make('p', {class: 'quiet'}, 'No node of the store has answered yet.')];
  }
  const rows = answer.items.map(node => make('tr', {},
    make('th', {scope: 'row', title: node.address}, node.node ?? node.address,
      ...(node.state === 'silent' ? [make('span', {class: 'badge'}, 'no answer')] : [])),
    ...numbers.map(each => cell(node.partitions.find(held => held.partition === each)))));
  const served = make('tr', {class: 'served'}, make('th', {scope: 'row'}, 'Answered by'),
    ...numbers.map(each => servedBy(answer, each)));
  return [
    make('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Partitions by node'},
      make('table', {class: 'grid'},
        make('caption', {}, 'Which node has which partition'),
        make('thead', {}, make('tr', {}, make('th', {scope: 'col'}, 'Node'),
          ...numbers.map(each => make('th', {scope: 'col'}, String(each))))),
        make('tbody', {}, ...rows, served))),
    make('ul', {class: 'legend'},
      ...Object.entries(MARKS).map(([state, mark]) => make('li', {}, make('b', {class: state}, mark), state)),
      make('li', {}, make('b', {class: 'missing'}, '!'), 'missing: nobody answers for it')),
  ];
}

function cell(held) {
  if (!held) {
    return make('td', {}, make('span', {class: 'hidden'}, 'not here'));
  }
  const lag = held.lagRecords > 0 ? `, ${plural(held.lagRecords, 'record')} behind` : '';
  return make('td', {title: `${held.state}${lag}`}, make('b', {class: held.state, 'aria-hidden': 'true'},
    MARKS[held.state] ?? '?'), make('span', {class: 'hidden'}, `${held.state}${lag}`));
}

function servedBy(answer, partition) {
  const state = ['active', 'standby'].find(each => holders(answer, partition, each).length > 0) ?? 'missing';
  const text = state === 'standby' ? 'only by a standby' : state;
  return make('td', {title: text}, make('b', {class: state, 'aria-hidden': 'true'}, MARKS[state] ?? '!'),
    make('span', {class: 'hidden'}, text));
}

export function showRestores(answer) {
  return table('Partitions that a node is catching up with',
    ['Node', 'Partition', 'Progress', 'Records left', 'Time left'],
    restores(answer).map(({node, held}) => {
      const {from, end, seconds} = held.restore;
      if (end === null) {
        return [node.node, number(String(held.partition)), 'being opened', number(UNKNOWN), number(UNKNOWN)];
      }
      const done = held.position - from;
      const left = Math.max(0, end - 1 - held.position);
      const share = done + left === 0 ? 1 : done / (done + left);
      const percent = `${Math.floor(100 * share)} %`;
      return [
        node.node, number(String(held.partition)),
        make('span', {class: 'bar'},
          make('progress', {max: '1', value: String(share), 'aria-label': `Partition ${held.partition} on ${node.node}`}, percent),
          percent),
        number(count(left)),
        number(done > 0 ? `about ${duration(left * seconds / done)}` : UNKNOWN),
      ];
    }), 'Nothing is being restored.');
}

export function showMemory(answer) {
  const rows = answer.items.filter(node => node.state === 'answers').flatMap(node => [
    ...node.caches.map(({level, bytes, maxBytes, hits, misses}) => [
      node.node, level === 'blocks' ? 'blocks and write buffers' : `cache of ${level}`, number(`${size(bytes)} of ${size(maxBytes)}`),
      number(hits + misses === 0 ? UNKNOWN : `${(100 * hits / (hits + misses)).toFixed(1)} %`)]),
    [node.node, 'of them, write buffers', number(`${size(node.writeBufferBytes)} of ${size(node.maxWriteBufferBytes)}`),
      number(UNKNOWN)],
  ]);
  return table('What store nodes keep in memory', ['Node', 'What', 'Used', 'Hit rate'], rows, 'No node tells it.');
}

export function showSlow(answer) {
  return table('Queries that this gateway took long for, the slowest first',
    ['Ended', 'Took', 'Status', 'Endpoint', 'Asked'],
    answer.items.map(query => [
      make('time', {datetime: query.endedAt, title: query.endedAt}, moment(query.endedAt)),
      number(duration(query.millis / 1e3)), number(String(query.status)), query.endpoint,
      make('ul', {class: 'plain code'}, ...Object.entries(query.parameters).map(([parameter, value]) =>
        make('li', {}, make('b', {}, `${parameter} `), value))),
    ]), 'No query took that long.');
}
