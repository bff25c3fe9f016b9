// One request with Node's http: METHOD URL BODY-FILE [UPLOAD-FILE CONTENT-TYPE]. Prints what came as JSON.
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';

const [method, address, target, upload, type] = process.argv.slice(2);
const call = request(address, { method, headers: upload ? { 'content-type': type } : {} }, (response) => {
  const parts = [];
  response.on('data', (part) => parts.push(part));
  response.on('end', () => {
    if (!response.complete) throw new Error('The response was broken off.');
    writeFileSync(target, Buffer.concat(parts));
    console.log(JSON.stringify({
      status: response.statusCode,
      version: `HTTP/${response.httpVersion}`,
      contentType: response.headers['content-type'] ?? null,
    }));
  });
});
// Without a length, so that the body goes out chunked.
if (upload) call.write(readFileSync(upload));
call.end();
