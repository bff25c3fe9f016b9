// A conversation with an echo over the package ws: URL. Prints what came of it as JSON.
import { createRequire } from 'node:module';
import { once } from 'node:events';

const require = createRequire(import.meta.url);
let WebSocket;
try {
  WebSocket = require('ws');
} catch {
  // Debian's package node-ws.
  WebSocket = require('/usr/share/nodejs/ws');
}

const socket = new WebSocket(process.argv[2], { rejectUnauthorized: false });
await once(socket, 'open');

const messages = [];
let wake = () => {};
socket.on('message', (data, binary) => {
  messages.push(binary ? data : data.toString());
  wake();
});
const next = async () => {
  while (messages.length === 0) {
    await new Promise((resolve) => { wake = resolve; });
  }
  return messages.shift();
};

let echoed = true;
for (const message of ['Hello', '', 'ÄÖÜ €  𝄞', Buffer.from([0, 1, 255]), Buffer.alloc(300000, 'x'), 'ü'.repeat(70000)]) {
  socket.send(message);
  const back = await next();
  echoed &&= typeof message === 'string' ? back === message : message.equals(back);
}

socket.send('one ', { fin: false });
socket.send('two ', { fin: false });
socket.send('three', { fin: true });
const fragments = await next();

const pong = once(socket, 'pong');
socket.ping('there?');
const [payload] = await pong;

const numbers = [];
for (let number = 0; number < 500; number++) {
  socket.send(String(number));
}
for (let number = 0; number < 500; number++) {
  numbers.push(await next());
}

const closed = once(socket, 'close');
socket.close(4001, 'done');
const [code] = await closed;
console.log(JSON.stringify({
  echoed,
  fragments,
  pong: payload.toString(),
  inOrder: numbers.every((text, number) => text === String(number)),
  extensions: socket.extensions,
  code,
}));
