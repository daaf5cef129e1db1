'use strict';
const run = JSON.parse(document.getElementById('run').textContent);
const { summary, along } = run;
const SVG = 'http://www.w3.org/2000/svg';
const page = document.getElementById('page');

function add(parent, name, attributes, text) {
  const drawn = ['svg', 'g', 'rect', 'line', 'polyline', 'text', 'title'].includes(name);
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

// Charts are drawn in these units; their left and right edges are those of all charts.
const WIDTH = 1000, LEFT = 70, RIGHT = 985;
const span = along.places * along.width;

// Where a slot is on a scale that is so wide.
const across = (slot, from, to) => from + (to - from) * (slot - along.first) / span;

// The least of 1, 2, 5, 10, 20, … that divides a number into so few parts.
function stepOf(whole, parts) {
  let step = 1;
  for (let i = 0; whole / step > parts; i++) step = [1, 2, 5][(i + 1) % 3] * 10 ** Math.floor((i + 1) / 3);
  return step;
}

// The round slots of the run, to be written at an axis.
function roundSlots(parts) {
  const step = stepOf(span, parts), found = [];
  for (let slot = Math.ceil(along.first / step) * step; slot < along.first + span; slot += step) found.push(slot);
  return found;
}

function bar(svg, place, top, height, shape, words) {
  const gap = along.places < 128 ? 0.1 : 0;
  const rect = add(svg, 'rect', { class: shape, x: place + gap, y: top, width: 1 - 2 * gap, height });
  add(rect, 'title', {}, slots(place) + ': ' + words);
}

// An axis of slots below what is drawn at a height.
function slotAxis(svg, y) {
  add(svg, 'line', { class: 'axis', x1: LEFT, x2: RIGHT, y1: y, y2: y });
  for (const slot of roundSlots(8)) {
    const x = across(slot + 0.5, LEFT, RIGHT);
    add(svg, 'line', { class: 'axis', x1: x, x2: x, y1: y, y2: y + 4 });
    const isLast = x > RIGHT - 25;
    add(svg, 'text', { class: 'slot', x: isLast ? WIDTH : x, y: y + 16, 'text-anchor': isLast ? 'end' : 'middle' }, count(slot));
  }
  add(svg, 'text', { class: 'unit', x: LEFT - 8, y: y + 16, 'text-anchor': 'end' }, 'slot');
}

// An empty chart with its axes: numbers from 0 to the highest upwards, slots to the right. What is
// drawn into the result has the place of a slot as x and the number as distance from the bottom.
function chart(id, unit, highest, height) {
  const svg = add(page, 'svg', { id, class: 'chart', viewBox: '0 0 ' + WIDTH + ' ' + (height + 34), role: 'img' });
  const step = stepOf(highest, 5), top = Math.max(step, Math.ceil(highest / step) * step), bottom = height + 10;
  const up = value => bottom - height * value / top;
  for (let value = 0; value <= top; value += step) {
    add(svg, 'line', { class: 'grid', x1: LEFT, x2: RIGHT, y1: up(value), y2: up(value) });
    const words = value === 0 ? '0' : count(value) + (value === top ? ' ' + unit : '');
    add(svg, 'text', { class: 'value', x: LEFT - 8, y: up(value) + 4, 'text-anchor': 'end' }, words);
  }
  slotAxis(svg, bottom);
  const inside = add(svg, 'svg', {
    x: LEFT, y: 10, width: RIGHT - LEFT, height, viewBox: '0 0 ' + along.places + ' ' + top, preserveAspectRatio: 'none',
  });
  return { svg, inside, top, up };
}

function legend(pairs) {
  const list = add(page, 'p', { class: 'legend' });
  for (const [shape, words] of pairs) {
    add(list, 'span', { class: 'key ' + shape });
    add(list, 'span', {}, words);
  }
}

// Slots over a column of lanes or curves.
function slotHead(cell) {
  cell.textContent = '';
  const svg = add(cell, 'svg', { class: 'head' });
  for (const slot of roundSlots(5)) {
    const x = across(slot + 0.5, 0, 100), anchor = x < 5 ? 'start' : x > 95 ? 'end' : 'middle';
    add(svg, 'text', { class: 'slot', x: x + '%', y: 13, 'text-anchor': anchor }, count(slot));
    add(svg, 'line', { class: 'axis', x1: x + '%', x2: x + '%', y1: 18, y2: 24 });
  }
}

function strip(parent, shape, height) {
  return add(parent, 'svg', {
    class: shape, viewBox: '0 0 ' + along.places + ' ' + height, preserveAspectRatio: 'none',
  });
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
  add(page, 'h2', {}, 'Compute units of callbacks in a slot');
  const highest = Math.max(1, ...along.most_units.map(Number));
  const isShared = along.width > 1;
  const shown = 3 * highest >= summary.slot_budget ? Math.max(highest, summary.slot_budget) : highest;
  const { svg, inside, top, up } = chart('load', 'CU', shown, 180);
  for (let place = 0; place < along.places; place++) {
    const most = along.most_units[place];
    if (along.units[place] !== null && most > 0) {
      const mean = along.units[place] / along.width;
      const words = (isShared ? count(Math.round(mean)) + ' CU a slot, at most ' : '') + count(most) + ' CU, '
        + count(along.waiting[place]) + ' waiting';
      bar(inside, place, top - most, most, isShared ? 'most' : 'load', words);
      if (isShared) bar(inside, place, top - mean, mean, 'load', words);
    }
  }
  const keys = isShared
    ? [['most', 'the slot with most of ' + count(along.width)], ['load', 'on average of ' + count(along.width) + ' slots']]
    : [['load', 'one slot']];
  if (summary.slot_budget <= top) {
    add(svg, 'line', { class: 'limit', x1: LEFT, x2: RIGHT, y1: up(summary.slot_budget), y2: up(summary.slot_budget) });
    keys.push(['limit', 'the slot budget, ' + count(summary.slot_budget) + ' CU']);
  }
  const share = (100 * highest / summary.slot_budget).toLocaleString('en-US', { maximumSignificantDigits: 2 });
  keys.push(['', 'at most ' + share + ' % of the slot budget of ' + count(summary.slot_budget) + ' CU']);
  legend(keys);
}

function waiting() {
  const highest = Math.max(0, ...along.waiting.map(Number));
  if (highest === 0) return;
  add(page, 'h2', {}, 'Triggers that wait at the end of a slot');
  const { inside, top } = chart('waiting', 'waiting', highest, 80);
  stairs(inside, along.waiting, value => top - value);
}

// A line that holds each number for the width of its place.
function stairs(svg, values, y) {
  const points = [];
  values.forEach((value, place) => {
    if (value !== null) points.push(place + ',' + y(value), (place + 1) + ',' + y(value));
  });
  add(svg, 'polyline', { class: 'line', points: points.join(' ') });
}

function lane(cell, one) {
  const svg = strip(cell, 'lane', 10);
  for (let place = 0; place < along.places; place++) {
    const ran = one.ran[place], failed = one.failed[place] || 0;
    if (ran) {
      // Few failures of many runs are still seen.
      const bad = failed === 0 ? 0 : Math.max(3, 10 * failed / ran);
      if (failed < ran) bar(svg, place, bad, 10 - bad, 'ran', count(ran - failed) + ' ran');
      if (failed > 0) bar(svg, place, 0, bad, 'failed', count(failed) + ' of ' + count(ran) + ' failed');
    }
  }
}

const fates = counts => Object.keys(counts)
  .map(fate => count(counts[fate]) + ' ' + fate.toLowerCase().replace('_', ' ')).join(', ');

const title = one => one.kind + (one.registration > 0 ? ' ' + one.registration : '') + (one.callback ? ' ' + one.callback : '');

function registrations() {
  if (along.lanes.length === 0) return;
  add(page, 'h2', {}, 'When registrations ran');
  const body = table('lanes', ['registration', 'slots', '#runs', '#failed'], along.lanes, (row, one) => {
    row.dataset.registration = one.registration;
    cells(row, [title(one)]);
    lane(add(row, 'td', { class: 'along' }), one);
    cells(row, [one.runs, one.failures]);
    choosable(row, one.registration);
  });
  slotHead(body.parentNode.querySelectorAll('th')[1]);
  legend([['ran', 'ran'], ['failed', 'failed'], ['', 'a click on a registration leaves its steps alone below']]);
  add(page, 'h2', {}, 'Registrations');
  const heads = ['#id', 'kind', 'callback', 'program', '#runs', '#failed', '#CU', '#CU at most', '#slots late', '#fees', '#SOL a day', 'fates'];
  table('registrations', heads, along.lanes, (row, one) => {
    row.dataset.registration = one.registration;
    cells(row, [one.registration, one.kind, one.callback, one.program, one.runs, one.failures,
      one.compute_units, one.compute_units_max, one.slots_late_max]);
    for (const lamports of [one.registration_lamports + one.event_lamports, one.lamports_a_day]) {
      add(row, 'td', { class: 'number', title: count(lamports) + ' lamports' }, sol(lamports));
    }
    add(row, 'td', { class: 'wide' }, fates(one.fates));
    choosable(row, one.registration);
  });
}

function balances() {
  if (along.balances.length === 0) return;
  add(page, 'h2', {}, 'Balances');
  const heads = ['account', 'address', '#at first', '#at last', '#least', '#most', 'slots'];
  const body = table('balances', heads, along.balances, (row, one) => {
    const known = one.lamports.filter(value => value !== null);
    const least = Math.min(...known), most = Math.max(...known);
    cells(row, [one.name]);
    add(row, 'td', { class: 'address', title: one.address }, one.address);
    for (const value of [known[0], known[known.length - 1], least, most]) {
      add(row, 'td', { class: 'number', title: count(value) + ' lamports' }, sol(value));
    }
    stairs(strip(add(row, 'td', { class: 'along' }), 'curve', 10), one.lamports,
      value => most === least ? 5 : 9 - 8 * (value - least) / (most - least));
  });
  slotHead(body.parentNode.querySelectorAll('th')[6]);
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

function choosable(row, registration) {
  row.tabIndex = 0;
  row.addEventListener('click', () => choose(row, registration));
  row.addEventListener('keydown', event => { if (event.key === 'Enter') choose(row, registration); });
}

const BAD = ['FAILED', 'RETRIED', 'DEAD_LETTERED', 'EXPIRED', 'SUPPRESSED', 'QUARANTINED'];

// Shows the steps of one registration, or of all if it was chosen before.
function choose(row, registration) {
  const chosen = !row.classList.contains('chosen');
  for (const one of document.querySelectorAll('tr[data-registration]')) {
    one.classList.toggle('chosen', chosen && one.dataset.registration === String(registration));
  }
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
    cells(row, [String(one.slot), one.registration, one.kind]);
    add(row, 'td', { class: 'fate ' + (one.fate === 'EXECUTED' ? 'good' : BAD.includes(one.fate) ? 'bad' : 'other') }, one.fate);
    cells(row, [one.units, one.late, one.trigger, one.cause]);
    add(row, 'td', { class: 'wide' }, one.reason);
  });
}

head();
load();
waiting();
registrations();
balances();
economics();
causes();
steps();
