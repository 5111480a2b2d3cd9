// What is wrong, by the answers, with the page of docs/runbooks that says what to do.

import {groups, holders, name, partitionNumbers, restores} from './answers.js';
import {count, duration} from './numbers.js';

/** As in the alerts: a record that waits longer, a publish that takes longer, a restore that does. */
const LATE_SECONDS = 60;
const STALE_SECONDS = 5;
const LONG_RESTORE_SECONDS = 3_600;
/** Publishes that freshness has to be of: one import alone says nothing. */
const FEW_PUBLISHES = 10;

export const problem = (critical, runbook, text) => ({critical, runbook, text});

export function nodeProblems(answer) {
  const problems = [];
  for (const node of answer.items) {
    if (node.state === 'silent') {
      problems.push(problem(true, 'TideScopeProcessDown', `${name(node)}: ${node.reason}`));
    } else if (node.state === 'outdated') {
      problems.push(problem(false, undefined, `${name(node)}: ${node.reason}`));
    }
  }
  const inactive = partitionNumbers(answer).filter(each => !holders(answer, each, 'active').length);
  if (inactive.length > 0 || answer.partitionCount === 0) {
    problems.push(problem(true, 'TideScopePartitionsUnanswered', answer.partitionCount === 0
      ? 'No node of the store has answered yet.'
      : `${partitionList(inactive)} no active node.`));
  }
  // Where nobody follows, nobody is meant to.
  const bare = partitionNumbers(answer).filter(each => !holders(answer, each, 'standby').length);
  if (bare.length > 0 && partitionNumbers(answer).some(each => followed(answer, each))) {
    problems.push(problem(false, 'TideScopeStandbysMissing', `${partitionList(bare)} no standby.`));
  }
  for (const {node, held} of restores(answer)) {
    if (held.restore.seconds > LONG_RESTORE_SECONDS) {
      problems.push(problem(false, 'TideScopeRestoreTakesLong',
        `Partition ${held.partition} on ${name(node)} has been restoring for ${duration(held.restore.seconds)}.`));
    }
  }
  for (const node of answer.items) {
    const fresh = node.freshness;
    if (fresh && fresh.p50Seconds > STALE_SECONDS
        && fresh.count >= FEW_PUBLISHES * node.partitions.length) {
      problems.push(problem(false, 'TideScopeSlowToShow',
        `Half of what ${name(node)} got in the last hour took ${duration(fresh.p50Seconds)} or more to show.`));
    }
  }
  return problems;
}

/** Whether a node follows the active one, or is on its way to. */
function followed(answer, partition) {
  return holders(answer, partition, 'standby').length > 0
    || holders(answer, partition, 'active').length > 0
      && holders(answer, partition, 'restoring').length > 0;
}

export function lagProblems(answer) {
  return [...groups(answer.items).values()].flatMap(({group, topic, partitions}) => {
    if (partitions.every(each => each.records === null)) {
      return [problem(false, 'TideScopeConsumerLagUnknown', `How far ${group} is behind on ${topic} is not known.`)];
    }
    const late = Math.max(0, ...partitions.map(each => each.seconds ?? 0));
    return late > LATE_SECONDS
      ? [problem(false, 'TideScopeConsumerLag', `${group} is ${duration(late)} behind on ${topic}.`)] : [];
  });
}

function partitionList(numbers) {
  const some = numbers.slice(0, 8).join(', ');
  const more = numbers.length > 8 ? ` and ${count(numbers.length - 8)} more` : '';
  return numbers.length === 1 ? `Partition ${some} has` : `Partitions ${some}${more} have`;
}
