// Node: as many requests at once, on one connection, as its second argument says: before it has seen SETTINGS, unless the third
// argument is "settings". Prints how many were answered.
import http2 from 'node:http2';
import process from 'node:process';

const address = new URL(process.argv[2]);
const count = Number(process.argv[3]);
const session = http2.connect(address.origin);
session.on('error', error => console.error(error.message));
if (process.argv[4] === 'settings') {
  await new Promise(resolve => session.once('remoteSettings', resolve));
}

const ask = number => new Promise(resolve => {
  const request = session.request({ ':path': `${address.pathname}?${number}` });
  let status = 0;
  request.on('response', headers => { status = headers[':status']; });
  request.on('data', () => {});
  request.on('error', error => console.error(error.message));
  request.on('close', () => resolve(status === 200 && request.rstCode === 0));
});

const answers = await Promise.all(Array.from({ length: count }, (_, number) => ask(number)));
console.log(answers.filter(answered => answered).length);
session.close();
