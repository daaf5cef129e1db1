'use strict';
const run = JSON.parse(document.getElementById('run').textContent);
const { summary, along } = run;
const SVG = 'http://www.w3.org/2000/svg';
const page = document.getElementById('page');

function add(parent, name, attributes, text) {
  const drawn = ['svg', 'rect', 'line', 'polyline', 'title'].includes(name);
  const element = drawn ? document.createElementNS(SVG, name) : document.createElement(name);
  for (const key of Object.keys(attributes || {})) element.setAttribute(key, attributes[key]);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
  return element;
}

const count = value => value.toLocaleString('en-US');
const sol = lamports => (lamports / 1e9).toLocaleString('en-US', { maximumFractionDigits: 9 }) + ' SOL';

// The slots of a place, for people.
function slots(place) {
  const first = along.first + place * along.width;
  return along.width === 1 ? 'slot ' + first : 'slots ' + first + ' to ' + (first + along.width - 1);
}

function drawing(parent, shape, height) {
  return add(parent, 'svg', {
    class: shape, viewBox: '0 0 ' + along.places + ' ' + height, preserveAspectRatio: 'none',
  });
}

function bar(svg, place, top, height, shape, words) {
  const rect = add(svg, 'rect', { class: shape, x: place, y: top, width: 1, height });
  add(rect, 'title', {}, slots(place) + ': ' + words);
}

function facts(pairs) {
  const list = add(page, 'dl');
  for (const [name, value] of pairs) {
    const pair = add(list, 'div');
    add(pair, 'dt', {}, name);
    add(pair, 'dd', { id: name.replace(/ /g, '-') }, value);
  }
}

function table(id, heads, rows, fill) {
  const whole = add(add(page, 'div', { class: 'scroll' }), 'table', { id });
  const top = add(add(whole, 'thead'), 'tr');
  for (const head of heads) add(top, 'th', { class: head.startsWith('#') ? 'number' : '' }, head.replace('#', ''));
  const body = add(whole, 'tbody');
  for (const row of rows) fill(add(body, 'tr'), row);
  return body;
}

function cells(row, values) {
  for (const value of values) {
    add(row, 'td', typeof value === 'number' ? { class: 'number' } : {}, typeof value === 'number' ? count(value) : value);
  }
}

function head() {
  const names = summary.programs.map(program => program.name).join(', ');
  document.title = names + ': ovsm run';
  add(page, 'h1', {}, names + ', ' + count(summary.slots) + (summary.slots === 1 ? ' slot' : ' slots'));
  facts([
    ['slots', summary.first_slot + ' to ' + summary.last_slot],
    ['callbacks', count(summary.executions) + ' executed, ' + count(summary.failures) + ' failed'],
    ['compute units', count(summary.compute_units) + ', at most ' + count(summary.compute_units_max) + ' a callback'],
    ['slot budget', count(summary.slot_budget)],
    ['transactions', count(summary.transactions) + ', ' + count(summary.transactions_failed) + ' failed'],
    ['scenario', summary.scenario || 'none'],
    ['state', summary.state_hash],
  ]);
  const list = add(page, 'ul', { id: 'problems' });
  for (const one of summary.problems) {
    add(list, 'li', { class: one.severity }, one.severity + '[' + one.code + ']: ' + one.message);
  }
}

function load() {
  add(page, 'h2', {}, 'Compute units a slot');
  const highest = Math.max(1, ...along.most_units.map(Number));
  const svg = add(drawing(page, 'chart', 100), 'title', {}, 'at most ' + count(highest)).parentNode;
  for (let place = 0; place < along.places; place++) {
    const units = along.units[place];
    if (units !== null && along.most_units[place] > 0) {
      const height = 100 * along.most_units[place] / highest;
      bar(svg, place, 100 - height, height, 'load',
        count(Math.round(units / along.width)) + ' CU a slot, at most ' + count(along.most_units[place])
        + ', ' + count(along.waiting[place]) + ' waiting');
    }
  }
  const limit = 100 - 100 * summary.slot_budget / highest;
  if (limit >= 0) add(svg, 'line', { class: 'limit', x1: 0, x2: along.places, y1: limit, y2: limit });
}

function lane(cell, one) {
  const svg = drawing(cell, 'lane', 10);
  for (let place = 0; place < along.places; place++) {
    const ran = one.ran[place], failed = one.failed[place] || 0;
    if (ran) {
      const bad = 10 * failed / ran;
      if (failed < ran) bar(svg, place, bad, 10 - bad, 'ran', count(ran - failed) + ' ran');
      if (failed > 0) bar(svg, place, 0, bad, 'failed', count(failed) + ' of ' + count(ran) + ' failed');
    }
  }
}

const fates = counts => Object.keys(counts)
  .map(fate => count(counts[fate]) + ' ' + fate.toLowerCase().replace('_', ' ')).join(', ');

function registrations() {
  add(page, 'h2', {}, 'Registrations');
  const heads = ['#id', 'kind', 'callback', 'program', '#runs', '#failed', '#CU', '#CU at most', '#slots late', '#fees', '#SOL a day', 'fates', 'lane'];
  table('registrations', heads, along.lanes, (row, one) => {
    row.dataset.registration = one.registration;
    cells(row, [one.registration, one.kind, one.callback, one.program, one.runs, one.failures,
      one.compute_units, one.compute_units_max, one.slots_late_max]);
    for (const lamports of [one.registration_lamports + one.event_lamports, one.lamports_a_day]) {
      add(row, 'td', { class: 'number', title: count(lamports) + ' lamports' }, sol(lamports));
    }
    add(row, 'td', { class: 'wide' }, fates(one.fates));
    lane(add(row, 'td'), one);
    row.addEventListener('click', () => choose(row, one.registration));
  });
}

function balances() {
  if (along.balances.length === 0) return;
  add(page, 'h2', {}, 'Balances');
  table('balances', ['account', 'address', '#at first', '#at last', 'along the run'], along.balances, (row, one) => {
    const known = one.lamports.filter(value => value !== null);
    const least = Math.min(...known), most = Math.max(...known);
    cells(row, [one.name, one.address]);
    for (const value of [known[0], known[known.length - 1]]) {
      add(row, 'td', { class: 'number', title: count(value) + ' lamports' }, sol(value));
    }
    const svg = drawing(add(row, 'td'), 'curve', 10);
    const points = [];
    one.lamports.forEach((value, place) => {
      if (value !== null) {
        const y = most === least ? 5 : 9 - 8 * (value - least) / (most - least);
        points.push(place + ',' + y, (place + 1) + ',' + y);
      }
    });
    add(svg, 'polyline', { class: 'line', points: points.join(' ') });
  });
}

function economics() {
  const { profile, collected_lamports, dropped, programs } = summary.economics;
  add(page, 'h2', {}, 'Economics, profile ' + profile);
  facts([['fees', sol(collected_lamports)], ['dropped triggers', count(dropped)]]);
  table('economics', ['program', 'escrow', '#in the escrow', '#stake', '#CU reserved'], programs, (row, one) => {
    cells(row, [one.program, one.escrow, sol(one.escrow_lamports), sol(one.stake_lamports), one.reserved_units]);
  });
}

function causes() {
  add(page, 'h2', {}, 'Fates');
  table('fates', ['kind', 'fates'], Object.keys(summary.fates), (row, kind) => cells(row, [kind, fates(summary.fates[kind])]));
  const reasons = along.reasons.reasons;
  if (Object.keys(reasons).length > 0) {
    add(page, 'h2', {}, 'Why triggers did not simply run');
    table('reasons', ['#triggers', 'reason'], Object.keys(reasons), (row, reason) => cells(row, [reasons[reason], reason]));
  }
}

// Shows the steps of one registration, or of all if it was chosen before.
function choose(row, registration) {
  const chosen = row.classList.toggle('chosen');
  for (const other of row.parentNode.children) if (other !== row) other.classList.remove('chosen');
  for (const step of document.querySelectorAll('#steps tbody tr')) {
    step.hidden = chosen && step.dataset.of !== String(registration);
  }
}

function steps() {
  add(page, 'h2', {}, 'Last steps');
  if (run.earlier_steps > 0) add(page, 'p', { id: 'earlier' }, count(run.earlier_steps) + ' earlier steps are in events.jsonl');
  const heads = ['slot', '#registration', 'kind', 'fate', '#CU', '#slots late', '#trigger', '#cause', 'reason'];
  table('steps', heads, run.steps, (row, one) => {
    row.dataset.of = one.registration;
    cells(row, [String(one.slot), one.registration, one.kind, one.fate, one.units, one.late, one.trigger, one.cause]);
    add(row, 'td', { class: 'wide' }, one.reason);
  });
}

head();
load();
registrations();
balances();
economics();
causes();
steps();
