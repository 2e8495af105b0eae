// Replaces search/ui/connection.ts in the one file: no worker can be loaded there, so the
// engine runs in the page.

import { Engine } from "../search/engine";
import type { Data } from "../search/fields";
import type { Connection, Message, Request } from "../search/messages";
import type { PlacesData } from "../search/places";
import { more, reply } from "../search/replies";
import { dataOf } from "./data";

let engine: Engine | undefined;

/** Answer requests after the key is painted, but of several only the latest. */
export function connect(receive: (message: Message) => void): Connection {
  let latest = 0;
  return {
    ask: (request) => {
      latest = request.number;
      setTimeout(() => {
        if (request.number === latest) answer(request, receive);
      });
    },
    close: () => {},
  };
}

function answer(request: Request, receive: (message: Message) => void): void {
  const { number, query } = request;
  try {
    engine ??= loaded();
    const found = engine.search(query);
    receive(reply(request, found));
    receive(more(request, found));
    receive({ number, places: engine.places(query) });
  } catch (error) {
    console.error(error);
    receive({ failed: String(error) });
  }
}

function loaded(): Engine {
  const made = new Engine(dataOf("search") as Data);
  made.addPlaces(dataOf("places") as PlacesData);
  return made;
}
