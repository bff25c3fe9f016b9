// got: asks as often as its second argument says, ten at a time. The third argument is the file of got. Prints how many were answered.
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const { default: got } = await import(pathToFileURL(process.argv[4]));
const address = process.argv[2];
const count = Number(process.argv[3]);
const client = got.extend({ http2: true, https: { rejectUnauthorized: false }, retry: { limit: 0 } });
let answered = 0;
for (let i = 0; i < count; i += 10) {
  const all = await Promise.allSettled(Array.from({ length: 10 }, (_, number) => client(`${address}?${i + number}`)));
  for (const one of all) {
    if (one.status === 'fulfilled' && one.value.statusCode === 200 && one.value.httpVersion === '2.0') {
      answered++;
    } else {
      console.error(one.reason?.message ?? `HTTP/${one.value.httpVersion} ${one.value.statusCode}`);
    }
  }
}

console.log(answered);
process.exit(0);
