// Shows how TideScope does: asks /api/v1/admin again and again, and says what is wrong.

import {make, put, setText} from './elements.js';
import {lagProblems, nodeProblems, problem} from './problems.js';
import {
  showFreshness, showLag, showMemory, showPartitions, showRestores, showSlow,
} from './sections.js';

const API = new URL('../api/v1/admin/', document.baseURI);
const RUNBOOKS = new URL('runbooks/', document.baseURI);
const TOKEN = 'tidescope.token';
const PAUSE_MILLIS = 5_000;
const PATIENCE_MILLIS = 8_000;
const OLD_MILLIS = 3 * PAUSE_MILLIS;
const SLOW_QUERIES = 20;

const find = id => document.getElementById(id);

/** What is asked, which sections show it, and what came of it last. */
const sources = {
  lag: {path: () => 'lag', sections: {lag: showLag}},
  nodes: {
    path: () => 'nodes',
    sections: {
      freshness: showFreshness, partitions: showPartitions, restores: showRestores,
      memory: showMemory,
    },
  },
  slow: {
    path: () => `slow-queries?threshold=${find('threshold').value}&limit=${SLOW_QUERIES}`,
    sections: {slow: showSlow},
  },
};

let token = sessionStorage.getItem(TOKEN) ?? '';
let paused = false;
let timer = 0;
let round = 0;

class Refused extends Error {}

async function ask(path) {
  const answer = await send(path);
  if (answer.ok) {
    return answer.json();
  }
  const refusal = await answer.json().catch(() => ({}));
  const detail = refusal.detail ?? `status ${answer.status}`;
  throw answer.status === 401 || answer.status === 403 ? new Refused(detail) : new Error(detail);
}

function send(path) {
  return fetch(new URL(path, API), {
    headers: token === '' ? {} : {Authorization: `Bearer ${token}`},
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE_MILLIS),
  }).catch(() => {
    throw new Error('This gateway does not answer.');
  });
}

async function refresh() {
  clearTimeout(timer);
  const mine = ++round;
  await Promise.all(Object.values(sources).map(source => update(source, mine)));
  if (mine !== round) {
    return;
  }
  const refused = Object.values(sources).map(each => each.failure).find(it => it instanceof Refused);
  login(refused);
  showSummary();
  tick();
  if (!refused && !paused && !document.hidden) {
    timer = setTimeout(refresh, PAUSE_MILLIS);
  }
}

async function update(source, mine) {
  try {
    const answer = await ask(source.path());
    if (mine === round) {
      Object.assign(source, {answer, at: Date.now(), failure: undefined});
      for (const [section, show] of Object.entries(source.sections)) {
        put(find(section).querySelector('.content'), show(answer));
      }
    }
  } catch (failure) {
    if (mine === round) {
      source.failure = failure;
    }
  }
}

/** Asks for a token when one is needed; what was shown with another one goes. */
function login(refused) {
  find('login').hidden = !refused;
  find('parts').hidden = Boolean(refused);
  find('forget').hidden = token === '' || Boolean(refused);
  if (!refused) {
    return;
  }
  for (const source of Object.values(sources)) {
    source.answer = undefined;
    Object.keys(source.sections).forEach(id => put(find(id).querySelector('.content'), []));
  }
  setText(find('refusal'), token === '' ? '' : refused.message);
  if (!find('login').contains(document.activeElement)) {
    find('token').focus();
  }
}

function remember(given) {
  token = given;
  if (given === '') {
    sessionStorage.removeItem(TOKEN);
  } else {
    sessionStorage.setItem(TOKEN, given);
  }
  refresh();
}

function showSummary() {
  const refused = Object.values(sources).some(each => each.failure instanceof Refused);
  const known = Object.values(sources).every(each => each.answer);
  const problems = refused ? [] : [
    ...unanswered(),
    ...(sources.nodes.answer ? nodeProblems(sources.nodes.answer) : []),
    ...(sources.lag.answer ? lagProblems(sources.lag.answer) : []),
  ];
  const worst = problems.some(each => each.critical) ? 'critical' : 'warning';
  const verdict = refused ? 'A token is needed'
    : problems.length === 1 ? 'One thing is wrong'
    : problems.length > 1 ? `${problems.length} things are wrong`
    : known ? 'All is well' : 'Looking …';
  find('summary').className = problems.length > 0 ? worst : known && !refused ? 'well' : 'unknown';
  setText(find('verdict'), verdict);
  document.title = `${verdict} – TideScope`;
  put(find('problems'), problems.map(each => make('li', {},
    make('strong', {}, each.critical ? 'Critical: ' : 'Warning: '), `${each.text} `,
    ...(each.runbook ? [make('a', {href: new URL(`${each.runbook}.md`, RUNBOOKS).href},
      'What to do', make('span', {class: 'hidden'}, ` about ${each.text}`))] : []))));
}

/** What could not be asked. */
function unanswered() {
  const reasons = Object.values(sources).filter(each => each.failure).map(each => each.failure.message);
  return [...new Set(reasons)].map(text => problem(true, 'TideScopeProcessDown', text));
}

/** Says how old what is shown is, part by part. */
function tick() {
  const now = Date.now();
  for (const source of Object.values(sources)) {
    const old = source.answer && now - source.at > OLD_MILLIS;
    const failed = source.failure && !(source.failure instanceof Refused) ? source.failure.message : '';
    const since = source.answer ? `Of ${new Date(source.at).toLocaleTimeString()}. ` : '';
    const text = failed || old ? `${since}${failed || 'Not looked at since.'}` : '';
    for (const id of Object.keys(source.sections)) {
      setText(find(id).querySelector('.state'), text);
      find(id).classList.toggle('old', text !== '');
    }
  }
  const last = Math.max(0, ...Object.values(sources).map(each => each.answer ? each.at : 0));
  setText(find('updated'), last === 0 ? ''
    : `${paused ? 'Paused. ' : ''}Updated ${new Date(last).toLocaleTimeString()}`);
}

find('login').addEventListener('submit', event => {
  event.preventDefault();
  const given = find('token').value.trim();
  find('token').value = '';
  remember(given);
});
find('forget').addEventListener('click', () => remember(''));
find('pause').addEventListener('click', () => {
  paused = !paused;
  find('pause').setAttribute('aria-pressed', String(paused));
  if (paused) {
    clearTimeout(timer);
    tick();
  } else {
    refresh();
  }
});
find('threshold').addEventListener('change', () => refresh());
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    clearTimeout(timer);
  } else if (!paused) {
    refresh();
  }
});
setInterval(tick, 1_000);
refresh();
