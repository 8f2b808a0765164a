declare module '@vertx/eventbus-bridge-client.js' {
  export default class EventBus {
    constructor(url: string, options?: object);
    onopen: () => void;
    onclose: () => void;
    onerror: (failure: unknown) => void;
    registerHandler(address: string, handler: (failure: unknown, message: { body: unknown }) => void): void;
    close(): void;
  }
}
