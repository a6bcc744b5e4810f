// The way back when the server no longer knows this page: it was started again, and knows a run only by its address.

let visit = null;                       // the server's name for this page
let search = '';                        // the part of the address behind the path, as last told

// Whether what was heard comes from the server's side of this very page. If not, the page is on its way back.
export function known(name) {
  visit ??= name;
  if (visit === name) return true;
  rejoin();
  return false;
}

// The address names run, day and filter, so that a reload or a link comes back here. Not a step of the browser's history.
export function keepAddress(query) {
  search = query ? `?${query}` : '';
  if (search !== location.search) history.replaceState(history.state, '', location.pathname + search + location.hash);
}

// Asked again and again, and nobody even begins to work on it: a question of a page that the server does not know.
export function unheard() {
  const { testConnectionState, testScriptState } = document.querySelector('[data-testid="stApp"]')?.dataset ?? {};
  if (testConnectionState === 'CONNECTED' && testScriptState === 'notRunning') rejoin();
}

function rejoin() { location.replace(location.pathname + search); }
