// What is known of deliveries when some of them are asked for anew: nothing that is looked at moves away.

/** The items with what `fresh` says of them; those that are new come first, as the API has them. */
export function merged(items, fresh) {
  const news = new Map(fresh.map((one) => [one.deliveryId, one]));
  const known = new Set(items.map((one) => one.deliveryId));
  return [
    ...fresh.filter((one) => !known.has(one.deliveryId)),
    ...items.map((one) => news.get(one.deliveryId) ?? one),
  ];
}

export const isWaiting = (one) => one.state === "pending";
