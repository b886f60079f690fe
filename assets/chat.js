// Makes the chat page quick: sends without leaving the page, follows the event stream, and keeps
// what could not be sent until it can. Everything here also works without it, as plain forms.
'use strict';

(() => {
  const find = (selector, within = document) => within.querySelector(selector);
  const words = document.body.dataset;
  const scroll = find('#scroll');
  const lines = find('#lines');
  const pending = find('#pending');
  const state = find('#state');
  const newer = find('#newer');
  const say = find('#say');
  const text = find('#text');
  const menu = find('#menu');

  const newKey = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // Sends a form until it is taken: the same key each time makes a repeat harmless.
  // Returns the answer, or throws the status of a refusal.
  const REFUSALS = [400, 403, 404, 405, 413, 415, 422];
  async function post(path, fields, onRetry) {
    for (let wait = 1000; ; wait = Math.min(wait * 2, 30000)) {
      let status = 0;
      try {
        const answer = await fetch(path, {
          method: 'POST',
          body: new URLSearchParams({ form: words.form, ...fields }),
          headers: { Accept: 'application/json' },
        });
        if (answer.ok) return answer.status === 204 ? {} : await answer.json();
        status = answer.status;
      } catch {
        // Offline: try again below.
      }
      if (REFUSALS.includes(status)) throw status;
      onRetry();
      await pause(wait);
    }
  }

  const refusal = (status) =>
    ({ 403: words.stale, 404: words.stale, 413: words.tooLong })[status] ?? words.refused;

  // ---- Looking at the newest line

  // Where it is read: at its end, or at its beginning if it is taller than the view.
  function home() {
    const end = scroll.scrollHeight - scroll.clientHeight;
    const last = pending.lastElementChild ?? lines.lastElementChild;
    if (!last || last.classList.contains('mine') || find('.invited')) return end;
    const top = last.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
    return Math.min(end, scroll.scrollTop + top - 8);
  }
  const atEnd = () => scroll.scrollTop > home() - 120;
  function toEnd() {
    scroll.scrollTop = home();
    newer.hidden = true;
  }
  newer.addEventListener('click', toEnd);
  scroll.addEventListener('scroll', () => { if (atEnd()) newer.hidden = true; }, { passive: true });

  // ---- Lines

  function element(html) {
    const holder = document.createElement('template');
    holder.innerHTML = html; // written and escaped by the server
    return holder.content.firstElementChild;
  }

  // A day is named once, above its first line.
  function nameDays(line) {
    for (const one of [line, line.nextElementSibling]) {
      const before = one?.previousElementSibling;
      if (before && before.dataset.day === one.dataset.day) find('.day', one)?.remove();
    }
  }

  function showLine({ id, html }) {
    const follow = atEnd();
    const line = element(html);
    const old = document.getElementById(`l${id}`);
    if (old) {
      const held = old.contains(document.activeElement);
      old.replaceWith(line);
      if (held) find('button', line)?.focus();
    } else {
      line.classList.add('fresh');
      let before = lines.lastElementChild;
      while (before && Number(before.dataset.id) > id) before = before.previousElementSibling;
      before ? before.after(line) : lines.prepend(line);
    }
    nameDays(line);
    find(`[data-line="${id}"]`, pending)?.remove();
    find('#welcome')?.remove();
    const note = find('#toast');
    if (note && line.textContent.includes(note.textContent)) note.remove();
    endWaiting();
    if (follow || line.classList.contains('mine')) toEnd();
    else if (!old) newer.hidden = false;
  }

  function editLine({ id, html }) {
    const body = find('.body', document.getElementById(`l${id}`) ?? pending);
    if (!body || !body.closest(`#l${id}`)) return;
    const follow = atEnd();
    const held = body.contains(document.activeElement);
    const time = find('time', body);
    body.innerHTML = html; // written and escaped by the server
    if (time) find('.text', body)?.append(time);
    if (held) (find('button', body) ?? text).focus();
    endWaiting();
    if (follow) toEnd();
  }

  // ---- Saying something: one after the other, in order

  let queue = Promise.resolve();

  function saySomething(said) {
    if (!said.trim()) return;
    const line = document.createElement('article');
    line.className = 'line mine waiting fresh';
    const bubble = document.createElement('div');
    bubble.className = 'text';
    bubble.append(document.createElement('p'));
    bubble.firstChild.textContent = said.trim();
    const body = document.createElement('div');
    body.className = 'body';
    body.append(bubble);
    const note = document.createElement('p');
    note.className = 'note';
    note.textContent = words.sending;
    line.append(body, note);
    pending.append(line);
    find('#welcome')?.remove();
    find('.invited')?.remove();
    toEnd();
    const key = newKey();
    queue = queue.then(() => deliver(said, key, line, note));
  }

  async function deliver(said, key, line, note) {
    try {
      const taken = await post(`${words.base}/say`, { key, text: said }, () => {
        note.textContent = words.retrying;
      });
      if (!taken.line || document.getElementById(`l${taken.line}`)) return line.remove();
      line.dataset.line = taken.line;
      line.classList.remove('waiting');
      note.remove();
    } catch (status) {
      line.classList.remove('waiting');
      note.textContent = refusal(status);
      if (!text.value) {
        text.value = said;
        grow();
      }
    }
  }

  say.addEventListener('submit', (event) => {
    event.preventDefault();
    saySomething(text.value);
    text.value = '';
    if (menu) menu.open = false;
    grow();
    text.focus();
  });

  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    say.requestSubmit();
  });

  function grow() {
    if (CSS.supports('field-sizing', 'content')) return;
    text.style.height = 'auto';
    text.style.height = `${text.scrollHeight + 2}px`;
  }

  // ---- Buttons

  const waiting = new Map(); // key of a tap -> its form

  function endWaiting(key) {
    for (const [tap, keys] of waiting) {
      if (key && tap !== key) continue;
      keys.removeAttribute('aria-busy');
      find('[aria-busy]', keys)?.removeAttribute('aria-busy');
      waiting.delete(tap);
    }
  }

  async function tapButton(keys, button) {
    if (keys.hasAttribute('aria-busy')) return;
    const key = newKey();
    keys.setAttribute('aria-busy', 'true');
    button.setAttribute('aria-busy', 'true');
    waiting.set(key, keys);
    try {
      await post(`${words.base}/tap`, { key, line: keys.elements.line.value, button: button.value }, () =>
        toast(words.retrying));
      setTimeout(endWaiting, 8000, key);
    } catch (status) {
      endWaiting(key);
      toast(refusal(status));
    }
  }

  document.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (event.defaultPrevented || !button) return;
    if (button.name === 'button') {
      event.preventDefault();
      tapButton(event.target, button);
    } else if (button.name === 'text') {
      event.preventDefault();
      if (menu) menu.open = false;
      saySomething(button.value);
      text.focus();
    }
  });

  // What the newest line says already is not said twice.
  let fading;
  function toast(what) {
    if (lines.lastElementChild?.textContent.includes(what)) return;
    find('#toast')?.remove();
    const note = document.createElement('p');
    note.id = 'toast';
    note.setAttribute('role', 'status');
    find('main').append(note);
    note.textContent = what;
    clearTimeout(fading);
    fading = setTimeout(() => note.remove(), 5000);
  }

  // ---- The menu of commands: "/" opens it, typing narrows it

  if (menu) {
    const entries = [...menu.querySelectorAll('button')];
    const narrow = () => {
      const typed = text.value.trimStart().toLowerCase();
      for (const entry of entries) entry.hidden = typed.startsWith('/') && !entry.value.startsWith(typed);
      return entries.some((entry) => !entry.hidden);
    };
    text.addEventListener('input', () => {
      const command = /^\s*\/\S*$/.test(text.value);
      menu.open = command && narrow();
    });
    menu.addEventListener('toggle', () => { if (menu.open) narrow(); });
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && menu.open) {
        menu.open = false;
        text.focus();
      } else if (menu.open && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        const shown = entries.filter((entry) => !entry.hidden);
        const step = event.key === 'ArrowUp' ? -1 : 1;
        const at = shown.indexOf(document.activeElement);
        const next = at < 0 ? (step < 0 ? shown.length - 1 : 0) : at + step;
        (shown[next] ?? text).focus();
        event.preventDefault();
      }
    });
    document.addEventListener('click', (event) => {
      if (menu.open && !menu.contains(event.target) && event.target !== text) menu.open = false;
    });
  }
  text.addEventListener('input', grow);

  // ---- The demo's clock and people

  const clock = find('#clock');
  const turn = find('#turn');

  function showClock({ html }) {
    if (clock && clock.dataset.html !== html) {
      clock.dataset.html = html;
      clock.innerHTML = html; // written and escaped by the server
    }
  }

  turn?.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (turn.hasAttribute('aria-busy')) return;
    turn.setAttribute('aria-busy', 'true');
    event.submitter.setAttribute('aria-busy', 'true');
    const told = find('.happened', clock);
    if (told) told.textContent = words.moving;
    delete clock.dataset.html;
    try {
      const answer = await fetch(turn.getAttribute('action'), {
        method: 'POST',
        body: new URLSearchParams({
          form: turn.elements.form.value, who: turn.elements.who.value, to: event.submitter.value,
        }),
        headers: { Accept: 'application/json' },
      });
      if (!answer.ok) throw answer.status;
      showClock(await answer.json());
    } catch (status) {
      if (told) told.textContent = '';
      toast(status === 403 ? words.stale : words.moveFailed);
    }
    turn.removeAttribute('aria-busy');
    event.submitter.removeAttribute('aria-busy');
  });

  // On a narrow screen the people lie over the chat while the address points at them. Coming and
  // going leaves no trace in the history, so that "back" goes back.
  const opener = find('.people-open');
  const closer = find('.people-close');
  for (const link of [opener, closer]) {
    link?.addEventListener('click', (event) => {
      event.preventDefault();
      location.replace(link.hash);
      (link === opener ? closer : opener).focus();
    });
  }
  find('#people')?.addEventListener('click', (event) => {
    if (event.target.closest('[data-code]')) history.replaceState(null, '', location.pathname);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && location.hash === '#people') closer.click();
  });
  function markPeople() {
    opener?.classList.toggle('unread', !!find('#people .dot'));
  }
  function showUnread({ code }) {
    const person = find(`#people [data-code="${CSS.escape(code)}"]`);
    if (!person || code === words.code || find('.dot', person)) return;
    const dot = document.createElement('span');
    dot.className = 'dot';
    dot.setAttribute('role', 'img');
    dot.setAttribute('aria-label', words.unread);
    person.append(dot);
    markPeople();
  }
  markPeople();

  // ---- The event stream

  let bookmark = words.after;
  let source;
  let silence;
  let again;
  let retry = 1000;
  let lost = false;

  function setState(what) {
    state.textContent = what ?? '';
    state.hidden = !what;
  }

  function hear() {
    clearTimeout(silence);
    silence = setTimeout(reconnect, 45000); // three beats missed
  }

  function reconnect() {
    source?.close();
    clearTimeout(silence);
    lost = true;
    setState(words.offline);
    clearTimeout(again);
    again = setTimeout(connect, retry);
    retry = Math.min(retry * 2, 30000);
  }

  function connect() {
    clearTimeout(again);
    source?.close();
    source = new EventSource(`${words.base}/events?after=${encodeURIComponent(bookmark)}`);
    const on = (name, act) => source.addEventListener(name, (event) => {
      hear();
      if (event.lastEventId) bookmark = event.lastEventId;
      if (act) act(JSON.parse(event.data));
    });
    source.addEventListener('open', () => {
      hear();
      retry = 1000;
      if (lost) {
        lost = false;
        setState(words.online);
        setTimeout(() => { if (!lost) setState(); }, 2000);
      }
    });
    source.addEventListener('error', reconnect);
    on('line', showLine);
    on('edit', editLine);
    on('tap', ({ key, notice: text }) => { endWaiting(key); if (text) toast(text); });
    on('who', ({ name }) => { find('#who').textContent = name; find('.invited')?.remove(); });
    on('clock', showClock);
    on('unread', showUnread);
    on('synced');
    on('beat');
  }

  addEventListener('online', () => { if (lost) connect(); });
  addEventListener('pagehide', () => source?.close());
  addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

  // An invitation's code does not stay in the address.
  if (location.search) history.replaceState(null, '', location.pathname);
  toEnd();
  connect();
})();
