// What Node's http tells of one GET: URL. Prints the informational and the final response and trailers as JSON.
import { get } from 'node:http';

const told = { informational: [] };
get(process.argv[2], (response) => {
  told.status = response.statusCode;
  const parts = [];
  response.on('error', (error) => console.log(JSON.stringify({ ...told, error: error.message })));
  response.on('data', (part) => parts.push(part));
  response.on('end', () => {
    told.trailers = response.trailers;
    told.body = Buffer.concat(parts).toString();
    console.log(JSON.stringify(told));
  });
}).on('information', (answer) => told.informational.push({ status: answer.statusCode, link: answer.headers.link }));
