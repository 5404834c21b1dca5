"use strict"
console.log("the tracker")
