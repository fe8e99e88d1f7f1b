// The control door of fakecos, for Node 18 and later: nothing to install. Copy it beside your tests.
export class Fakecos {
  constructor(url = process.env.FAKECOS_CONTROL_URL) {
    if (!url) throw new Error("FAKECOS_CONTROL_URL is not set: start fakecos with --control");
    this.url = url;
  }

  async ask(method, path, body) {
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    const answer = await fetch(this.url + path, { method, headers, body: JSON.stringify(body) });
    const found = await answer.json();
    if (!answer.ok) {
      const { message, hint } = found.error;
      throw Object.assign(new Error(hint ? `${message}; ${hint}` : message), { status: answer.status, answer: found });
    }
    return found;
  }

  health = () => this.ask("GET", "/v1/health");
  reset = () => this.ask("POST", "/v1/reset");
  createBucket = (name, options = {}) => this.ask("POST", "/v1/buckets", { name, ...options });
  inject = (operation, fault) => this.ask("POST", "/v1/faults", { operation, ...fault });
  faults = async () => (await this.ask("GET", "/v1/faults")).faults;
  fault = (id) => this.ask("GET", `/v1/faults/${id}`);
  cancel = (id) => this.ask("DELETE", `/v1/faults/${id}`);
  requests = async (filters = {}) => (await this.ask("GET", `/v1/journal${query(filters)}`)).requests;
  waitFor = (operation, count = 1, wait = 10) => this.requests({ operation, count, wait });
  events = async (filters = {}) => (await this.ask("GET", `/v1/events${query(filters)}`)).events;
  state = async (filters = {}) => (await this.ask("GET", `/v1/state${query(filters)}`)).buckets;
  snapshot = async (name) => (await this.ask("POST", "/v1/snapshot", { name })).snapshot;
  restore = (snapshot) => this.ask("POST", "/v1/restore", { snapshot });
  advance = (time) => this.ask("POST", "/v1/clock", time);
  report = () => this.ask("GET", "/v1/report");
}

const query = (filters) => `?${new URLSearchParams(filters)}`;
