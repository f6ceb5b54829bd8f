"use strict";

// Starts the language server for rule files; everything an editor shows comes from it.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

exports.activate = function () {
  const [command, ...args] = vscode.workspace.getConfiguration("budgetlint").get("command");
  client = new LanguageClient(
    "budgetlint",
    "budgetlint",
    { command, args },
    { documentSelector: [{ language: "budgetlint" }] },
  );
  return client.start();
};

exports.deactivate = function () {
  return client && client.stop();
};
